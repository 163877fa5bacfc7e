package io.github.typedbcloud.simulator;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for single fields, which deploy, update and clone share. */
final class FieldRules {

  static final String ID = "id";
  static final String STORAGE_SIZE = "storageSizeGB";
  static final String MACHINE_TYPE = "machineType";
  static final String VERSION = "version";
  static final String BACKUP = "backupConfiguration";

  /** In GB; also the limit for free clusters. */
  static final int MIN_STORAGE_GB = 10;

  private static final int MAX_STORAGE_GB = 1000;

  private static final String FREQUENCY = "frequency";
  private static final String RETENTION = "retentionDays";
  private static final String NO_BACKUPS = "disabled";

  private static final Pattern ID_FORM = Pattern.compile("[a-z0-9]+(?:[_-][a-z0-9]+)*+");
  private static final String LATEST = "latest";

  /** The first major version that runs on one server only. */
  private static final int FIRST_SINGLE_SERVER_VERSION = 3;

  private FieldRules() {}

  static String id(Fields fields) {
    String id = fields.text(ID);
    if (!ID_FORM.matcher(id).matches()) {
      throw fields.error(
          ID, "lowercase letters and digits, separated by single underscores or hyphens");
    }
    return id;
  }

  static int storageSize(Fields fields) {
    return fields.integer(STORAGE_SIZE, MIN_STORAGE_GB, MAX_STORAGE_GB);
  }

  /**
   * The version that a request selects; {@code latest} is resolved.
   *
   * @param latestAllowed whether it may be {@code latest}
   * @throws ApiError 400 when it is not offered
   */
  static String version(String version, boolean latestAllowed, Settings settings) {
    OfferedVersions offered = settings.versions();
    Optional<String> newest = latestAllowed ? offered.newest() : Optional.empty();
    if (newest.isPresent() && version.equals(LATEST)) {
      return newest.get();
    }
    if (!offered.contains(version)) {
      String orLatest = latestAllowed ? " or \"latest\"" : "";
      throw Fields.invalid(VERSION, version, "one of " + offered.names() + orLatest);
    }
    return version;
  }

  static void serverCountFitsVersion(int serverCount, String version) {
    if (serverCount != 1 && runsOnOneServerOnly(version)) {
      throw Fields.invalid("serverCount", serverCount, "1 for TypeDB " + version);
    }
  }

  private static boolean runsOnOneServerOnly(String version) {
    return OfferedVersions.major(version) >= FIRST_SINGLE_SERVER_VERSION;
  }

  /**
   * Checks the backup configuration and returns whether a free cluster may have it. The values are
   * not stored, because no response of the service shows them.
   */
  static boolean backupSuitsFree(Fields fields) {
    Fields backup = fields.object(BACKUP, Set.of(FREQUENCY, RETENTION));
    if (backup.has(RETENTION)) {
      int days = backup.integer(RETENTION, 7, 30);
      if (days != 7 && days != 30) {
        throw backup.error(RETENTION, "7 or 30");
      }
    }
    return !backup.has(FREQUENCY)
        || backup.oneOf(FREQUENCY, List.of(NO_BACKUPS, "hourly", "daily")).equals(NO_BACKUPS);
  }
}
