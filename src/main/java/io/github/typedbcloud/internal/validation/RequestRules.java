package io.github.typedbcloud.internal.validation;

import io.github.typedbcloud.model.BackupConfiguration;
import io.github.typedbcloud.model.BackupFrequency;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.validation.Catalog;
import io.github.typedbcloud.validation.Validation;
import io.github.typedbcloud.validation.Violation;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The documented rules of the requests of one API version. Each method returns all violations at
 * once, in the order of the fields; an empty list means that the request is valid.
 *
 * <p>Source: the tables of allowed values of "Deploy" and "Update" in the TypeDB Cloud API
 * reference. Immutable and thread-safe.
 */
public final class RequestRules {

  private static final int MAX_SERVERS = 9;
  private static final int MIN_STORAGE_GB = 10;
  private static final int MAX_STORAGE_GB = 1000;
  private static final int FREE_MAX_SERVERS = 1;
  private static final int FREE_MAX_STORAGE_GB = 10;

  private static final List<String> FREQUENCIES = List.of("disabled", "hourly", "daily");
  private static final List<Integer> RETENTIONS_DAYS = List.of(7, 30);

  // Possessive, so that long hostile strings cost no backtracking.
  private static final Pattern ID = Pattern.compile("[a-z0-9]++(?:[_-][a-z0-9]++)*+");

  /** A number such as {@code 3.0.6} or {@code 3.1.0-rc1}, each part of which fits an int. */
  private static final Pattern VERSION =
      Pattern.compile("([0-9]{1,9}+)\\.[0-9]{1,9}+\\.[0-9]{1,9}+(?:-[0-9A-Za-z][0-9A-Za-z.-]*+)?+");

  /** The newest version; in spaces only. */
  private static final String LATEST = "latest";

  private static final int FIRST_SINGLE_SERVER_MAJOR = 3;

  private final boolean spaces;
  private final Validation validation;
  private final CatalogRules catalogRules;

  private RequestRules(boolean spaces, Validation validation, Catalog catalog) {
    this.spaces = spaces;
    this.validation = validation;
    this.catalogRules = new CatalogRules(catalog);
  }

  /** The rules of project scopes: no update, no backups, and no {@code latest} as a version. */
  public static RequestRules ofProjects(Validation validation, Catalog catalog) {
    return new RequestRules(false, validation, catalog);
  }

  /** The rules of space scopes. */
  public static RequestRules ofSpaces(Validation validation, Catalog catalog) {
    return new RequestRules(true, validation, catalog);
  }

  /** Validates a deployment. */
  public List<Violation> deploy(DeployClusterRequest request) {
    Objects.requireNonNull(request, "request must not be null");
    Violations found = new Violations(true);
    if (validation != Validation.OFF) {
      id(request.id(), found);
      serverCount(request, found);
      storage(request.storageSizeGB(), request.isFree(), found);
      placement(request, found);
      version(request.version(), found);
      backup(request, found);
    }
    return found.list();
  }

  /**
   * Validates an update. Only the service knows whether the new machine type fits the cluster's
   * provider and region, and what a free cluster allows.
   */
  public List<Violation> update(UpdateClusterRequest request) {
    Objects.requireNonNull(request, "request must not be null");
    Violations found = new Violations(false);
    if (validation == Validation.OFF) {
      return found.list();
    }
    if (!spaces) {
      found.add("request", null, "is supported in space scopes only; use Scope.space(team, space)");
      return found.list();
    }
    if (request.toMap().isEmpty()) {
      found.add(
          "request",
          null,
          "must set at least one field",
          List.of("id", "storageSizeGB", "machineType", "backupConfiguration", "version"));
    }
    if (request.id() != null) {
      id(request.id(), found);
    }
    if (request.storageSizeGB() != null) {
      storage(request.storageSizeGB(), false, found);
    }
    if (request.machineType() != null) {
      if (validation == Validation.STRICT) {
        catalogRules.update(request.machineType(), found);
      } else {
        found.require("machineType", request.machineType());
      }
    }
    if (request.backupConfiguration() != null) {
      backup(request.backupConfiguration(), false, found);
    }
    if (request.version() != null) {
      version(request.version(), found);
    }
    return found.list();
  }

  /** Validates the ID of a clone. */
  public List<Violation> clone(String newId) {
    Violations found = new Violations(false);
    if (validation != Validation.OFF) {
      id(newId, found);
    }
    return found.list();
  }

  private static void id(String id, Violations found) {
    if (found.require("id", id) && !ID.matcher(id).matches()) {
      found.add(
          "id",
          id,
          "must be lowercase letters and digits in groups separated by single underscores or"
              + " hyphens, for example api-cluster");
    }
  }

  private static void serverCount(DeployClusterRequest request, Violations found) {
    int servers = request.serverCount();
    if (servers < 1 || servers > MAX_SERVERS || servers % 2 == 0) {
      found.add(
          "serverCount",
          servers,
          "must be an odd number from 1 to " + MAX_SERVERS,
          List.of("1", "3", "5", "7", "9"));
    }
    if (servers > 1 && isSingleServer(request.version())) {
      found.add(
          "serverCount",
          servers,
          "must be 1 with TypeDB 3.0 and later, here " + request.version(),
          List.of("1"));
    }
    if (servers > FREE_MAX_SERVERS && request.isFree()) {
      found.add("serverCount", servers, "must be 1 for a free cluster", List.of("1"));
    }
  }

  private static void storage(int gigabytes, boolean free, Violations found) {
    if (gigabytes < MIN_STORAGE_GB || gigabytes > MAX_STORAGE_GB) {
      found.add(
          "storageSizeGB", gigabytes, "must be from " + MIN_STORAGE_GB + " to " + MAX_STORAGE_GB);
    }
    if (free && gigabytes > FREE_MAX_STORAGE_GB) {
      found.add(
          "storageSizeGB",
          gigabytes,
          "must be at most " + FREE_MAX_STORAGE_GB + " for a free cluster",
          List.of(String.valueOf(FREE_MAX_STORAGE_GB)));
    }
  }

  private void placement(DeployClusterRequest request, Violations found) {
    boolean strict = validation == Validation.STRICT;
    if (strict && catalogRules.offers(request.provider())) {
      catalogRules.deploy(request, found);
      return;
    }
    if (strict) {
      catalogRules.unknown(request.provider(), found);
    } else {
      found.require("provider", request.provider().value());
    }
    // The allowed values are not known here, but each field is required.
    found.require("region", request.region());
    found.require("machineType", request.machineType());
    if (request.storageType() != null) {
      found.require("storageType", request.storageType());
    }
  }

  private static boolean isSingleServer(String version) {
    Matcher matcher = VERSION.matcher(version);
    return version.equals(LATEST)
        || (matcher.matches() && Integer.parseInt(matcher.group(1)) >= FIRST_SINGLE_SERVER_MAJOR);
  }

  private void version(String version, Violations found) {
    if (!found.require("version", version) || VERSION.matcher(version).matches()) {
      return;
    }
    if (!version.equals(LATEST)) {
      found.add(
          "version",
          version,
          spaces
              ? "must be a version such as 3.0.6, or latest; versions() lists them"
              : "must be a version such as 3.0.6");
    } else if (!spaces) {
      found.add(
          "version",
          version,
          "is supported in space scopes only; use a version such as 3.0.6, or"
              + " Scope.space(team, space)");
    }
  }

  private void backup(DeployClusterRequest request, Violations found) {
    BackupConfiguration backup = request.backupConfiguration();
    if (backup == null) {
      return;
    }
    if (spaces) {
      backup(backup, request.isFree(), found);
    } else {
      found.add(
          "backupConfiguration",
          backup,
          "is supported in space scopes only; remove it, or use Scope.space(team, space)");
    }
  }

  private static void backup(BackupConfiguration backup, boolean free, Violations found) {
    BackupFrequency frequency = backup.frequency();
    Integer retentionDays = backup.retentionDays();
    if (frequency == null && retentionDays == null) {
      found.add(
          "backupConfiguration", backup, "must set frequency or retentionDays, or be omitted");
    }
    if (frequency != null && !FREQUENCIES.contains(frequency.value())) {
      found.add(
          "backupConfiguration.frequency",
          frequency.value(),
          "is not a supported frequency",
          FREQUENCIES);
    } else if (free && frequency != null && !frequency.equals(BackupFrequency.DISABLED)) {
      found.add(
          "backupConfiguration.frequency",
          frequency.value(),
          "must be disabled for a free cluster",
          List.of("disabled"));
    }
    if (retentionDays != null && !RETENTIONS_DAYS.contains(retentionDays)) {
      found.add(
          "backupConfiguration.retentionDays",
          retentionDays,
          "must be 7 or 30",
          List.of("7", "30"));
    }
  }
}
