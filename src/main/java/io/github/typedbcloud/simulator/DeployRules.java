package io.github.typedbcloud.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The reference's table of allowed values for a deploy request. */
final class DeployRules {

  private static final int MAX_SERVERS = 9;

  private static final String STORAGE_TYPE = "storageType";

  private static final Set<String> FIELDS =
      Set.of(
          FieldRules.ID,
          "serverCount",
          FieldRules.STORAGE_SIZE,
          "provider",
          "region",
          "isFree",
          FieldRules.MACHINE_TYPE,
          STORAGE_TYPE,
          FieldRules.VERSION);

  private DeployRules() {}

  /**
   * Reads and validates a deploy request.
   *
   * @throws ApiError 400 when it breaks a rule
   */
  static ClusterSettings read(ObjectNode body, ApiVersion version, Settings service) {
    Fields fields = Fields.of(body, known(version), service);
    MachineCatalog catalog = service.catalog();
    String provider = fields.oneOf("provider", catalog.providers());
    ClusterSettings settings =
        new ClusterSettings(
            FieldRules.id(fields),
            serverCount(fields),
            FieldRules.storageSize(fields),
            fields.bool("isFree"),
            FieldRules.version(
                fields.text(FieldRules.VERSION), version.hasAllOperations(), service),
            provider,
            fields.text("region"),
            fields.text(FieldRules.MACHINE_TYPE),
            storageType(fields, provider, version));
    FieldRules.serverCountFitsVersion(settings.serverCount(), settings.version());
    catalog.checkRegion(provider, settings.region());
    catalog.checkMachineType(provider, settings.region(), settings.machineType());
    boolean backupSuitsFree = !fields.has(FieldRules.BACKUP) || FieldRules.backupSuitsFree(fields);
    if (settings.isFree()) {
      checkFree(settings, backupSuitsFree, catalog);
    } else if (version.offersBackups() && service.isStrict(Assumption.PAID_BACKUP)) {
      fields.require(FieldRules.BACKUP);
    }
    return settings;
  }

  /** The one storage type of a provider; any for a provider that is not in the reference. */
  private static String storageType(Fields fields, String provider, ApiVersion version) {
    return switch (provider) {
      case MachineCatalog.GCP -> fields.oneOf(STORAGE_TYPE, List.of("standard-rwo"));
      case MachineCatalog.AWS -> fields.oneOf(STORAGE_TYPE, List.of(version.awsStorageType()));
      default -> fields.text(STORAGE_TYPE);
    };
  }

  private static Set<String> known(ApiVersion version) {
    if (!version.offersBackups()) {
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

  private static void checkFree(
      ClusterSettings settings, boolean backupSuitsFree, MachineCatalog catalog) {
    if (!catalog.isFree(settings.provider(), settings.machineType())) {
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
