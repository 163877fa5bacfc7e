package quickstart;

import io.github.typedbcloud.model.Scope;
import java.util.Map;

/** What the environment says of an account. */
final class Account {

  private Account() {}

  /** The scope that the environment names; null when it names none whole. */
  static Scope scope(Map<String, String> environment) {
    String team = environment.get("TYPEDB_CLOUD_TEAM");
    String space = environment.get("TYPEDB_CLOUD_SPACE");
    if (team != null && space != null) {
      return Scope.space(team, space);
    }
    String organization = environment.get("TYPEDB_CLOUD_ORGANIZATION");
    String project = environment.get("TYPEDB_CLOUD_PROJECT");
    return organization == null || project == null ? null : Scope.project(organization, project);
  }
}
