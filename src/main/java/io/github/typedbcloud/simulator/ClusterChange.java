package io.github.typedbcloud.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The changes of an update request; null fields do not change.
 *
 * @param version null also when the version is the cluster's own
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
  static ClusterChange read(ObjectNode body, Settings settings) {
    Fields fields = Fields.of(body, FIELDS, settings);
    if (fields.names().isEmpty()) {
      throw ApiError.badRequest(
          "nothing_to_update", "The request has no fields; at least one is required.");
    }
    return new ClusterChange(
        fields.has(FieldRules.ID) ? FieldRules.id(fields) : null,
        fields.has(FieldRules.STORAGE_SIZE) ? (Integer) FieldRules.storageSize(fields) : null,
        fields.has(FieldRules.MACHINE_TYPE) ? fields.text(FieldRules.MACHINE_TYPE) : null,
        fields.has(FieldRules.VERSION) ? fields.text(FieldRules.VERSION) : null,
        !fields.has(FieldRules.BACKUP) || FieldRules.backupSuitsFree(fields),
        !fields.names().equals(Set.of(FieldRules.ID)));
  }

  /**
   * The settings after this change. A free cluster that exceeds the free limits becomes paid.
   *
   * @throws ApiError 400 when they break a rule
   */
  ClusterSettings applyTo(ClusterSettings old, Settings settings) {
    String newMachineType = machineType == null ? old.machineType() : machineType;
    int newStorage = storageSizeGB == null ? old.storageSizeGB() : storageSizeGB;
    String newVersion =
        version == null || version.equals(old.version())
            ? old.version()
            : FieldRules.version(version, true, settings);
    if (!newMachineType.equals(old.machineType())) {
      settings.catalog().checkMachineType(old.provider(), old.region(), newMachineType);
    }
    if (newStorage < old.storageSizeGB() && settings.isStrict(Assumption.STORAGE_DECREASE)) {
      throw Fields.invalid(
          FieldRules.STORAGE_SIZE, newStorage, "at least the current " + old.storageSizeGB());
    }
    if (OfferedVersions.BY_AGE.compare(newVersion, old.version()) < 0
        && settings.isStrict(Assumption.VERSION_DOWNGRADE)) {
      throw Fields.invalid(
          FieldRules.VERSION, newVersion, "the current " + old.version() + " or a newer one");
    }
    FieldRules.serverCountFitsVersion(old.serverCount(), newVersion);
    boolean fitsFree =
        settings.catalog().isFree(old.provider(), newMachineType)
            && newStorage <= FieldRules.MIN_STORAGE_GB
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
