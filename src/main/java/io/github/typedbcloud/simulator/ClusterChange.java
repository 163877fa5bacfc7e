package io.github.typedbcloud.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The changes of an update request; null fields do not change.
 *
 * @param backupSuitsFree whether the backup configuration is absent or allowed for a free cluster
 * @param costs whether it changes any field but the ID, which needs a payment method
 */
record ClusterChange(
    @Nullable String id,
    @Nullable Integer storageSizeGB,
    @Nullable String machineType,
    @Nullable String version,
    boolean backupSuitsFree,
    boolean costs) {

  private static final Set<String> FIELDS =
      Set.of(
          FieldRules.ID,
          FieldRules.STORAGE_SIZE,
          FieldRules.MACHINE_TYPE,
          FieldRules.BACKUP,
          FieldRules.VERSION);

  /**
   * Reads an update request and checks the rules that do not depend on the cluster.
   *
   * @throws ApiError 400 when it breaks a rule
   */
  static ClusterChange read(ObjectNode body) {
    Fields fields = Fields.of(body, FIELDS);
    if (fields.isEmpty()) {
      throw ApiError.badRequest(
          "nothing_to_update", "The request has no fields; at least one is required.");
    }
    return new ClusterChange(
        fields.has(FieldRules.ID) ? FieldRules.id(fields) : null,
        fields.has(FieldRules.STORAGE_SIZE) ? (Integer) FieldRules.storageSize(fields) : null,
        fields.has(FieldRules.MACHINE_TYPE) ? fields.text(FieldRules.MACHINE_TYPE) : null,
        fields.has(FieldRules.VERSION) ? FieldRules.version(fields, ApiVersion.SPACES) : null,
        !fields.has(FieldRules.BACKUP) || FieldRules.backupSuitsFree(fields),
        !body.properties().stream().allMatch(field -> field.getKey().equals(FieldRules.ID)));
  }

  /**
   * The settings after this change. A free cluster that exceeds the free limits becomes paid.
   *
   * @throws ApiError 400 when they break a rule
   */
  ClusterSettings applyTo(ClusterSettings old) {
    String newMachineType = machineType == null ? old.machineType() : machineType;
    int newStorage = storageSizeGB == null ? old.storageSizeGB() : storageSizeGB;
    String newVersion = version == null ? old.version() : version;
    MachineCatalog.checkMachineType(old.provider(), old.region(), newMachineType);
    FieldRules.serverCountFitsVersion(old.serverCount(), newVersion);
    boolean fitsFree =
        MachineCatalog.isFreeAvailable(newMachineType)
            && newStorage == FieldRules.MIN_STORAGE_GB
            && backupSuitsFree;
    return new ClusterSettings(
        id == null ? old.id() : id,
        old.serverCount(),
        newStorage,
        old.isFree() && fitsFree,
        newVersion,
        old.provider(),
        old.region(),
        newMachineType,
        old.storageType());
  }
}
