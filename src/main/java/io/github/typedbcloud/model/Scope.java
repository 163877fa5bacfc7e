package io.github.typedbcloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where clusters live, and with it the generation of the API that is spoken: a {@link Project} of
 * an organization (early 2025), or a {@link Space} of a team (today's {@code /api/v1}).
 *
 * <p>The first organization or team has a project or space called {@code default}.
 */
public sealed interface Scope {

  /**
   * A project of an organization: the first generation of the API.
   *
   * @param organization the organization's ID
   * @param project the project's ID
   */
  static Scope.Project project(String organization, String project) {
    return new Project(organization, project);
  }

  /**
   * A space of a team: today's API, which adds update, clone and the list of versions.
   *
   * @param team the team's ID
   * @param space the space's ID
   */
  static Scope.Space space(String team, String space) {
    return new Space(team, space);
  }

  /**
   * The scope that the environment names: {@code TYPEDB_CLOUD_TEAM} and {@code TYPEDB_CLOUD_SPACE},
   * or else {@code TYPEDB_CLOUD_ORGANIZATION} and {@code TYPEDB_CLOUD_PROJECT}. Empty when neither
   * pair is whole.
   */
  static Optional<Scope> fromEnv() {
    return from(System.getenv());
  }

  /**
   * The scope that variables name, as {@link #fromEnv}.
   *
   * @param variables names and values
   */
  static Optional<Scope> from(Map<String, String> variables) {
    String team = variables.getOrDefault("TYPEDB_CLOUD_TEAM", "");
    String space = variables.getOrDefault("TYPEDB_CLOUD_SPACE", "");
    if (!team.isEmpty() && !space.isEmpty()) {
      return Optional.of(space(team, space));
    }
    String organization = variables.getOrDefault("TYPEDB_CLOUD_ORGANIZATION", "");
    String project = variables.getOrDefault("TYPEDB_CLOUD_PROJECT", "");
    return organization.isEmpty() || project.isEmpty()
        ? Optional.empty()
        : Optional.of(project(organization, project));
  }

  /**
   * Reads the owner fields of the API: {@code teamID} and {@code spaceID}, or else {@code
   * organization} and {@code project}. One that is absent reads as {@code ""}.
   *
   * @param json a JSON object
   * @throws IllegalArgumentException when one of the fields is no text
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Scope fromMap(Map<String, ? extends @Nullable Object> json) {
    return new Fields(json).owner();
  }

  /** The owner fields under the API's own names. */
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

    /** Refuses null alone. */
    public Project {
      Objects.requireNonNull(organization, "organization must not be null");
      Objects.requireNonNull(project, "project must not be null");
    }

    @Override
    public Map<String, Object> toMap() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("organization", organization);
      json.put("project", project);
      return json;
    }

    /** For people: {@code project my-org/default}. */
    @Override
    public String toString() {
      return "project " + organization + "/" + project;
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

    /** Refuses null alone. */
    public Space {
      Objects.requireNonNull(team, "team must not be null");
      Objects.requireNonNull(space, "space must not be null");
    }

    @Override
    public Map<String, Object> toMap() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("teamID", team);
      json.put("spaceID", space);
      return json;
    }

    /** For people: {@code space my-team/default}. */
    @Override
    public String toString() {
      return "space " + team + "/" + space;
    }
  }
}
