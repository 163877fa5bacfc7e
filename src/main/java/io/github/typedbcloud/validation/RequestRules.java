package io.github.typedbcloud.validation;

import io.github.typedbcloud.model.BackupConfiguration;
import io.github.typedbcloud.model.BackupFrequency;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.UpdateClusterRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The documented rules of the requests of one generation of the API. Each method answers all
 * violations at once, in the order of the fields; an empty list means that the rules accept the
 * request.
 *
 * <p>Source: the tables of allowed values of "Deploy" and "Update" in the TypeDB Cloud API
 * reference. Immutable and thread-safe.
 */
public final class RequestRules {

  static final int MAX_SERVERS = 9;
  static final int MIN_STORAGE_GB = 10;
  static final int MAX_STORAGE_GB = 1000;
  static final int FREE_MAX_SERVERS = 1;
  static final int FREE_MAX_STORAGE_GB = 10;

  private static final List<String> FREQUENCIES = List.of("disabled", "hourly", "daily");
  private static final List<Integer> RETENTIONS_DAYS = List.of(7, 30);

  private final boolean spaces;
  private final Validation validation;
  private final CatalogRules catalogRules;

  private RequestRules(boolean spaces, Validation validation, Catalog catalog) {
    this.spaces = spaces;
    this.validation = validation;
    this.catalogRules = new CatalogRules(catalog);
  }

  /**
   * The rules of project scopes: no update, no backups, and no {@code latest} as a version.
   *
   * @param validation how much is checked
   * @param catalog what the service offers
   */
  public static RequestRules ofProjects(Validation validation, Catalog catalog) {
    return new RequestRules(false, validation, catalog);
  }

  /**
   * The rules of space scopes.
   *
   * @param validation how much is checked
   * @param catalog what the service offers
   */
  public static RequestRules ofSpaces(Validation validation, Catalog catalog) {
    return new RequestRules(true, validation, catalog);
  }

  /**
   * What is wrong with a deployment.
   *
   * @param request what is to be deployed
   */
  public List<Violation> deploy(DeployClusterRequest request) {
    Objects.requireNonNull(request, "request must not be null");
    List<Violation> found = new ArrayList<>();
    if (validation == Validation.OFF) {
      return found;
    }
    id(request.id(), found);
    serverCount(request, found);
    storage(request.storageSizeGB(), request.isFree(), found);
    place(request, found);
    version(request.version(), found);
    if (request.backupConfiguration() != null) {
      if (spaces) {
        backup(request.backupConfiguration(), request.isFree(), found);
      } else {
        found.add(
            Violation.of(
                "backupConfiguration",
                request.backupConfiguration(),
                "is known to space scopes only; leave it out, or use Scope.space(team, space)"));
      }
    }
    return found;
  }

  /**
   * What is wrong with an update. Whether the new machine type fits the cluster's provider and
   * region, and what a free cluster allows, only the service can know.
   *
   * @param request what is to be changed
   */
  public List<Violation> update(UpdateClusterRequest request) {
    Objects.requireNonNull(request, "request must not be null");
    List<Violation> found = new ArrayList<>();
    if (validation == Validation.OFF) {
      return found;
    }
    if (!spaces) {
      found.add(
          Violation.of(
              "request", null, "is known to space scopes only; use Scope.space(team, space)"));
      return found;
    }
    if (request.toMap().isEmpty()) {
      found.add(
          Violation.of(
              "request",
              null,
              "must set at least one field",
              List.of("id", "storageSizeGB", "machineType", "backupConfiguration", "version")));
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
        given("machineType", request.machineType(), found);
      }
    }
    if (request.backupConfiguration() != null) {
      backup(request.backupConfiguration(), false, found);
    }
    if (request.version() != null) {
      version(request.version(), found);
    }
    return found;
  }

  /**
   * What is wrong with the ID of a clone.
   *
   * @param newId the ID that the new cluster is to have
   */
  public List<Violation> clone(String newId) {
    List<Violation> found = new ArrayList<>();
    if (validation != Validation.OFF) {
      id(newId, found);
    }
    return found;
  }

  private void place(DeployClusterRequest request, List<Violation> found) {
    boolean strict = validation == Validation.STRICT;
    if (strict && catalogRules.offers(request.provider())) {
      catalogRules.deploy(request, found);
      return;
    }
    if (strict) {
      catalogRules.unknown(request.provider(), found);
    } else {
      given("provider", request.provider().value(), found);
    }
    // What is offered here is not known, but each field must hold something.
    given("region", request.region(), found);
    given("machineType", request.machineType(), found);
    if (request.storageType() != null) {
      given("storageType", request.storageType(), found);
    }
  }

  private static void id(String id, List<Violation> found) {
    if (given("id", id, found) && !ClusterId.isValid(id)) {
      found.add(Violation.of("id", id, ClusterId.RULE));
    }
  }

  private static void serverCount(DeployClusterRequest request, List<Violation> found) {
    int servers = request.serverCount();
    if (servers < 1 || servers > MAX_SERVERS || servers % 2 == 0) {
      found.add(
          Violation.of(
              "serverCount",
              servers,
              "must be an odd number from 1 to " + MAX_SERVERS,
              List.of("1", "3", "5", "7", "9")));
    }
    if (servers > 1 && Versions.singleServer(request.version())) {
      found.add(
          Violation.of(
              "serverCount",
              servers,
              "must be 1 with TypeDB 3.0 and later, here " + request.version(),
              List.of("1")));
    }
    if (servers > FREE_MAX_SERVERS && request.isFree()) {
      found.add(Violation.of("serverCount", servers, "must be 1 for a free cluster", List.of("1")));
    }
  }

  private static void storage(int gigabytes, boolean free, List<Violation> found) {
    if (gigabytes < MIN_STORAGE_GB || gigabytes > MAX_STORAGE_GB) {
      found.add(
          Violation.of(
              "storageSizeGB",
              gigabytes,
              "must be from " + MIN_STORAGE_GB + " to " + MAX_STORAGE_GB));
    }
    if (free && gigabytes > FREE_MAX_STORAGE_GB) {
      found.add(
          Violation.of(
              "storageSizeGB",
              gigabytes,
              "must be at most " + FREE_MAX_STORAGE_GB + " for a free cluster",
              List.of(String.valueOf(FREE_MAX_STORAGE_GB))));
    }
  }

  private void version(String version, List<Violation> found) {
    if (!given("version", version, found) || Versions.isNumber(version)) {
      return;
    }
    if (!version.equals(Versions.LATEST)) {
      found.add(
          Violation.of(
              "version",
              version,
              spaces
                  ? "must be a version such as 3.0.6, or latest; versions() lists them"
                  : "must be a version such as 3.0.6"));
    } else if (!spaces) {
      found.add(
          Violation.of(
              "version",
              version,
              "is known to space scopes only; name a version such as 3.0.6, or use"
                  + " Scope.space(team, space)"));
    }
  }

  private static void backup(BackupConfiguration backup, boolean free, List<Violation> found) {
    BackupFrequency frequency = backup.frequency();
    Integer retentionDays = backup.retentionDays();
    if (frequency == null && retentionDays == null) {
      found.add(
          Violation.of(
              "backupConfiguration",
              backup,
              "must set frequency or retentionDays, or be left out"));
    }
    if (frequency != null && !FREQUENCIES.contains(frequency.value())) {
      found.add(
          Violation.of(
              "backupConfiguration.frequency",
              frequency.value(),
              "is not a frequency",
              FREQUENCIES));
    } else if (free && frequency != null && !frequency.equals(BackupFrequency.DISABLED)) {
      found.add(
          Violation.of(
              "backupConfiguration.frequency",
              frequency.value(),
              "must be disabled for a free cluster",
              List.of("disabled")));
    }
    if (retentionDays != null && !RETENTIONS_DAYS.contains(retentionDays)) {
      found.add(
          Violation.of(
              "backupConfiguration.retentionDays",
              retentionDays,
              "must be 7 or 30",
              List.of("7", "30")));
    }
  }

  private static boolean given(String field, @Nullable String value, List<Violation> found) {
    if (value == null || value.isBlank()) {
      found.add(Violation.of(field, value, "must be given"));
      return false;
    }
    return true;
  }
}
