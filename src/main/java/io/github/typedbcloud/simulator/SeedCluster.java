package io.github.typedbcloud.simulator;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of a seed, whose fields are those of the API. Everything but the ID has a default, and
 * the limits of the service do not hold.
 *
 * @param fields the fields, of the right types
 * @param scope null for the first space, or the first project when there are only projects
 * @param createdAt null for now
 */
record SeedCluster(
    Fields fields,
    String id,
    @Nullable CloudScope scope,
    Status status,
    @Nullable Instant createdAt) {

  static final Set<String> FIELDS =
      ScopeFields.and(
          FieldRules.ID,
          "serverCount",
          FieldRules.STORAGE_SIZE,
          "isFree",
          "status",
          "createdAt",
          FieldRules.VERSION,
          "provider",
          "region",
          FieldRules.MACHINE_TYPE,
          "storageType",
          "servers");

  /** Reads a cluster. */
  static SeedCluster read(Fields fields) {
    String status = fields.name("status", Status.RUNNING.text());
    SeedCluster cluster =
        new SeedCluster(
            fields,
            FieldRules.id(fields),
            ScopeFields.read(fields).orElse(null),
            Status.of(status),
            fields.has("createdAt")
                ? Instant.ofEpochMilli(
                    fields.integer("createdAt", 0, SimulatorClock.MAX_WALL.toEpochMilli()))
                : null);
    // Fails for a value of the wrong type before anything is changed.
    cluster.settings(Settings.DEFAULT, ScopeKind.SPACE);
    return cluster;
  }

  /** The scope, which must be one of these. */
  CloudScope scopeIn(Collection<CloudScope> scopes) {
    if (scope == null) {
      return scopes.stream()
          .min(Comparator.comparing(each -> each.kind() != ScopeKind.SPACE))
          .orElseThrow();
    }
    if (!scopes.contains(scope)) {
      throw ApiError.badRequest(
          "unknown_scope",
          "The cluster \"%s\" is for the unknown %s; there is %s."
              .formatted(id, scope, List.copyOf(scopes)));
    }
    return scope;
  }

  /** The settings of the cluster in a service. */
  ClusterSettings settings(Settings service, ScopeKind kind) {
    MachineCatalog.Machine machine = machine(service.catalog());
    String provider = fields.name("provider", machine.provider());
    boolean isAws = provider.equals(MachineCatalog.AWS);
    return new ClusterSettings(
        id,
        fields.has("serverCount") ? fields.integer("serverCount", 1, 1000) : 1,
        fields.has(FieldRules.STORAGE_SIZE)
            ? fields.integer(FieldRules.STORAGE_SIZE, 1, Integer.MAX_VALUE)
            : FieldRules.MIN_STORAGE_GB,
        fields.bool("isFree", false),
        fields.name(FieldRules.VERSION, service.versions().newest().orElse("3.0.6")),
        provider,
        fields.name("region", machine.regions().get(0)),
        fields.name(FieldRules.MACHINE_TYPE, machine.machineType()),
        fields.name(
            "storageType", isAws ? ApiVersion.newest(kind).awsStorageType() : "standard-rwo"));
  }

  /** The first machine with what the seed says; of GCP if there is any. */
  private MachineCatalog.Machine machine(MachineCatalog catalog) {
    return catalog.machines().stream()
        .filter(machine -> !machine.regions().isEmpty())
        .filter(machine -> matches("provider", List.of(machine.provider())))
        .filter(machine -> matches(FieldRules.MACHINE_TYPE, List.of(machine.machineType())))
        .filter(machine -> matches("region", machine.regions()))
        .min(Comparator.comparing(machine -> !machine.provider().equals(MachineCatalog.GCP)))
        .orElse(MachineCatalog.REFERENCE.machines().get(0));
  }

  private boolean matches(String field, List<String> offered) {
    return !fields.has(field) || offered.contains(fields.text(field));
  }
}
