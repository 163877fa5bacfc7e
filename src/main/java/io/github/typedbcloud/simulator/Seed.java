package io.github.typedbcloud.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is added to a simulator or replaced in it: scopes, API tokens, clusters, versions, catalog,
 * settings and the clock. Read from JSON as a whole before anything is changed.
 *
 * @param settings the changes of the settings
 * @param manual whether the clock is manual; empty for no change
 * @param wallClock empty for no change
 */
record Seed(
    List<CloudScope> scopes,
    List<ApiToken> tokens,
    List<SeedCluster> clusters,
    Consumer<Settings.Changes> settings,
    Optional<Boolean> manual,
    Optional<Instant> wallClock) {

  private static final Set<String> FIELDS =
      Set.of(
          "spaces",
          "projects",
          "teams",
          "organizations",
          "tokens",
          "clusters",
          "versions",
          "catalog",
          "settings",
          "time");

  /** A seed with nothing but an API token. */
  static Seed of(ApiToken token) {
    return new Seed(
        List.of(), List.of(token), List.of(), all -> {}, Optional.empty(), Optional.empty());
  }

  /**
   * Reads a seed.
   *
   * @throws ApiError 400 when it is invalid
   * @throws IllegalArgumentException when a value is
   */
  static Seed read(ObjectNode json) {
    Fields fields = Fields.of(json, FIELDS);
    List<ApiToken> tokens = new ArrayList<>();
    fields
        .objects("tokens", AdminJson.TOKEN_FIELDS)
        .forEach(t -> tokens.add(AdminJson.completeToken(t)));
    List<SeedCluster> clusters =
        fields.objects("clusters", SeedCluster.FIELDS).stream().map(SeedCluster::read).toList();
    Fields time =
        fields.has("time")
            ? fields.object("time", AdminJson.TIME_FIELDS)
            : Fields.of(SimulatorJson.object(), AdminJson.TIME_FIELDS);
    return new Seed(
        scopes(fields),
        tokens,
        clusters,
        AdminJson.allSettings(fields),
        AdminJson.manual(time),
        AdminJson.wallClock(time));
  }

  private static List<CloudScope> scopes(Fields fields) {
    List<CloudScope> scopes = new ArrayList<>();
    for (ScopeKind kind : ScopeKind.values()) {
      Set<String> names = Set.of(kind.ownerField(), kind.nameField());
      for (Fields scope : fields.objects(kind.noun() + "s", names)) {
        scopes.add(ScopeFields.read(kind, scope));
      }
      String list = kind.noun() + "s";
      for (Fields owner : fields.objects(kind.ownerNoun() + "s", Set.of(kind.ownerField(), list))) {
        String name = owner.scopeName(kind.ownerField());
        owner.require(list);
        owner.scopeNames(list).forEach(scope -> scopes.add(new CloudScope(kind, name, scope)));
      }
    }
    return scopes;
  }
}
