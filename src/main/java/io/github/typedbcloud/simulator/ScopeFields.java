package io.github.typedbcloud.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A scope in JSON: {@code teamID} and {@code spaceID}, or {@code organization} and {@code project}.
 */
final class ScopeFields {

  static final List<String> NAMES =
      Stream.of(ScopeKind.values())
          .flatMap(kind -> Stream.of(kind.ownerField(), kind.nameField()))
          .toList();

  static final String FORM = "teamID and spaceID, or organization and project.";

  private ScopeFields() {}

  /** These names and those of a scope. */
  static Set<String> and(String... names) {
    Set<String> all = new HashSet<>(NAMES);
    all.addAll(List.of(names));
    return all;
  }

  /** The scope; empty when none of its fields is there. */
  static Optional<CloudScope> read(Fields fields) {
    List<CloudScope> scopes = new ArrayList<>();
    for (ScopeKind kind : ScopeKind.values()) {
      if (fields.has(kind.ownerField()) || fields.has(kind.nameField())) {
        scopes.add(read(kind, fields));
      }
    }
    if (scopes.size() > 1) {
      throw fields.error(
          ScopeKind.PROJECT.nameField(), "absent when there is a " + ScopeKind.SPACE.nameField());
    }
    return scopes.stream().findFirst();
  }

  /** The scope of this kind. */
  static CloudScope read(ScopeKind kind, Fields fields) {
    return new CloudScope(
        kind, fields.scopeName(kind.ownerField()), fields.scopeName(kind.nameField()));
  }

  static void write(CloudScope scope, ObjectNode to) {
    to.put(scope.kind().ownerField(), scope.owner()).put(scope.kind().nameField(), scope.name());
  }
}
