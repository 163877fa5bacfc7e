package io.github.typedbcloud.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The reference's table of allowed values for a deploy request. */
final class DeployRules {

  private static final int MAX_SERVERS = 9;

  private static final Set<String> FIELDS =
      Set.of(
          FieldRules.ID,
          "serverCount",
          FieldRules.STORAGE_SIZE,
          "provider",
          "region",
          "isFree",
          FieldRules.MACHINE_TYPE,
          "storageType",
          FieldRules.VERSION);

  private DeployRules() {}

  /**
   * Reads and validates a deploy request.
   *
   * @throws ApiError 400 when it breaks a rule
   */
  static ClusterSettings read(ObjectNode body, ApiVersion version) {
    Fields fields = Fields.of(body, known(version));
    String provider = fields.oneOf("provider", List.of(MachineCatalog.GCP, MachineCatalog.AWS));
    ClusterSettings settings =
        new ClusterSettings(
            FieldRules.id(fields),
            serverCount(fields),
            FieldRules.storageSize(fields),
            fields.bool("isFree"),
            FieldRules.version(fields, version),
            provider,
            fields.text("region"),
            fields.text(FieldRules.MACHINE_TYPE),
            fields.oneOf("storageType", List.of(MachineCatalog.storageType(provider, version))));
    FieldRules.serverCountFitsVersion(settings.serverCount(), settings.version());
    MachineCatalog.checkRegion(provider, settings.region());
    MachineCatalog.checkMachineType(provider, settings.region(), settings.machineType());
    boolean backupSuitsFree = !fields.has(FieldRules.BACKUP) || FieldRules.backupSuitsFree(fields);
    if (settings.isFree()) {
      checkFree(settings, backupSuitsFree);
    }
    return settings;
  }

  private static Set<String> known(ApiVersion version) {
    if (version == ApiVersion.PROJECTS) {
      return FIELDS;
    }
    Set<String> known = new HashSet<>(FIELDS);
    known.add(FieldRules.BACKUP);
    return known;
  }

  private static int serverCount(Fields fields) {
    int count = fields.integer("serverCount", 1, MAX_SERVERS);
    if (count % 2 == 0) {
      throw Fields.invalid("serverCount", count, "odd");
    }
    return count;
  }

  private static void checkFree(ClusterSettings settings, boolean backupSuitsFree) {
    if (!MachineCatalog.isFreeAvailable(settings.machineType())) {
      throw Fields.invalid(
          FieldRules.MACHINE_TYPE, settings.machineType(), "one that is available for free");
    }
    if (settings.serverCount() != 1) {
      throw Fields.invalid("serverCount", settings.serverCount(), "1 for a free cluster");
    }
    if (settings.storageSizeGB() != FieldRules.MIN_STORAGE_GB) {
      throw Fields.invalid(
          FieldRules.STORAGE_SIZE, settings.storageSizeGB(), "10 for a free cluster");
    }
    if (!backupSuitsFree) {
      throw Fields.invalid(FieldRules.BACKUP, "enabled", "disabled for a free cluster");
    }
  }
}
