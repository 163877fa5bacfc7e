package io.github.typedbcloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.typedbcloud.internal.json.FieldReader;
import io.github.typedbcloud.internal.text.CleanText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where clusters are deployed, which also selects the API version: a {@link Project} of an
 * organization (early 2025), or a {@link Space} of a team (today's {@code /api/v1}).
 *
 * <p>The first organization or team has a project or space called {@code default}.
 */
public sealed interface Scope {

  /**
   * A project of an organization: the first API version.
   *
   * @param organization the organization's ID
   * @param project the project's ID
   */
  static Scope.Project project(String organization, String project) {
    return new Project(organization, project);
  }

  /**
   * A space of a team: today's API version, which adds update, clone and the list of versions.
   *
   * @param team the team's ID
   * @param space the space's ID
   */
  static Scope.Space space(String team, String space) {
    return new Space(team, space);
  }

  /**
   * The scope in the environment variables: {@code TYPEDB_CLOUD_TEAM} and {@code
   * TYPEDB_CLOUD_SPACE}, or {@code TYPEDB_CLOUD_ORGANIZATION} and {@code TYPEDB_CLOUD_PROJECT}.
   * Empty when none of them is set.
   *
   * @throws IllegalStateException when one of a pair is set without the other, or both pairs are
   */
  static Optional<Scope> fromEnv() {
    return from(System.getenv());
  }

  /**
   * The scope in a map of variables, as {@link #fromEnv}.
   *
   * @param variables names and values
   * @throws IllegalStateException when one of a pair is set without the other, or both pairs are
   */
  static Optional<Scope> from(Map<String, String> variables) {
    Objects.requireNonNull(variables, "variables must not be null");
    Optional<Scope> space =
        from(variables, "TYPEDB_CLOUD_TEAM", "TYPEDB_CLOUD_SPACE", Scope::space);
    Optional<Scope> project =
        from(variables, "TYPEDB_CLOUD_ORGANIZATION", "TYPEDB_CLOUD_PROJECT", Scope::project);
    if (space.isPresent() && project.isPresent()) {
      throw new IllegalStateException(
          "TYPEDB_CLOUD_TEAM and TYPEDB_CLOUD_SPACE are set in the environment, and so are"
              + " TYPEDB_CLOUD_ORGANIZATION and TYPEDB_CLOUD_PROJECT; unset one of the two pairs.");
    }
    return space.or(() -> project);
  }

  private static Optional<Scope> from(
      Map<String, String> variables,
      String ownerVariable,
      String groupVariable,
      BiFunction<String, String, Scope> scope) {
    String owner = variables.getOrDefault(ownerVariable, "");
    String group = variables.getOrDefault(groupVariable, "");
    if (owner.isEmpty() != group.isEmpty()) {
      throw new IllegalStateException(
          "%s is set in the environment, but %s is not; set both, or neither."
              .formatted(
                  owner.isEmpty() ? groupVariable : ownerVariable,
                  owner.isEmpty() ? ownerVariable : groupVariable));
    }
    return owner.isEmpty() ? Optional.empty() : Optional.of(scope.apply(owner, group));
  }

  /**
   * Reads the API's owner fields from a map: {@code teamID} and {@code spaceID}, or else {@code
   * organization} and {@code project}. One that is absent reads as {@code ""}. Other fields are
   * ignored.
   *
   * @param map a JSON object as plain values
   * @throws IllegalArgumentException when one of the fields is not a string
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Scope fromMap(Map<String, ? extends @Nullable Object> map) {
    String team = null;
    String space = null;
    String organization = "";
    String project = "";
    FieldReader fields = FieldReader.of(map);
    for (String name = fields.next(); name != null; name = fields.next()) {
      switch (name) {
        case "teamID" -> team = fields.stringOrNull();
        case "spaceID" -> space = fields.stringOrNull();
        case "organization" -> organization = fields.string();
        case "project" -> project = fields.string();
        default -> fields.value();
      }
    }
    return Space.orProject(team, space, organization, project);
  }

  private static String printed(String owner, String group) {
    return CleanText.of(owner, CleanText.MAX_VALUE)
        + "/"
        + CleanText.of(group, CleanText.MAX_VALUE);
  }

  /** The API's owner fields as plain values. */
  @JsonValue
  Map<String, Object> toMap();

  /**
   * A project of an organization.
   *
   * @param organization the organization's ID
   * @param project the project's ID
   */
  record Project(
      @JsonProperty("organization") String organization, @JsonProperty("project") String project)
      implements Scope {

    /** Validates that the components are non-null. */
    public Project {
      Objects.requireNonNull(organization, "organization must not be null");
      Objects.requireNonNull(project, "project must not be null");
    }

    @Override
    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("organization", organization);
      map.put("project", project);
      return map;
    }

    /** Human-readable form: {@code project my-org/default}. */
    @Override
    public String toString() {
      return "project " + printed(organization, project);
    }
  }

  /**
   * A space of a team.
   *
   * @param team the team's ID
   * @param space the space's ID
   */
  record Space(@JsonProperty("teamID") String team, @JsonProperty("spaceID") String space)
      implements Scope {

    /** Validates that the components are non-null. */
    public Space {
      Objects.requireNonNull(team, "team must not be null");
      Objects.requireNonNull(space, "space must not be null");
    }

    /** The owner in a response: a project if both fields of a space are absent. */
    static Scope orProject(
        @Nullable String team, @Nullable String space, String organization, String project) {
      return team == null && space == null
          ? new Project(organization, project)
          : new Space(team == null ? "" : team, space == null ? "" : space);
    }

    @Override
    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("teamID", team);
      map.put("spaceID", space);
      return map;
    }

    /** Human-readable form: {@code space my-team/default}. */
    @Override
    public String toString() {
      return "space " + printed(team, space);
    }
  }
}
