package io.github.typedbcloud.support;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * One of the OpenAPI documents that the simulator serves, and the check whether requests and
 * responses match it. Thread-safe.
 */
public final class OpenApiDocument {

  private static final JsonMapper JSON = new JsonMapper();

  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDialect(
          // Each schema is compiled together with the components, which are no keyword of schemas.
          Dialect.builder(Dialects.getOpenApi31())
              .keyword(new NonValidationKeyword("components"))
              .build(),
          registry ->
              registry.schemaRegistryConfig(
                  SchemaRegistryConfig.builder()
                      .formatAssertionsEnabled(true)
                      .locale(Locale.ROOT)
                      .build()));

  private static final Map<String, OpenApiDocument> LOADED = new ConcurrentHashMap<>();

  /** An operation of the document with the path parameters of one request. */
  private record Match(JsonNode pathItem, JsonNode operation, Map<String, String> parameters) {}

  private final String name;
  private final String text;
  private final JsonNode root;
  private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

  private OpenApiDocument(String name, String text) {
    this.name = name;
    this.text = text;
    this.root = JSON.readTree(text);
  }

  /**
   * Returns a document.
   *
   * @param name {@code admin}, {@code projects} or {@code spaces}
   */
  public static OpenApiDocument of(String name) {
    return LOADED.computeIfAbsent(name, OpenApiDocument::load);
  }

  /** A document that is not part of the simulator. */
  static OpenApiDocument parse(String text) {
    return new OpenApiDocument("test", text);
  }

  private static OpenApiDocument load(String name) {
    String resource = "/io/github/typedbcloud/simulator/openapi/" + name + ".json";
    try (InputStream in = OpenApiDocument.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("There is no document " + resource);
      }
      return new OpenApiDocument(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The document as it is served. */
  public String text() {
    return text;
  }

  /** The document as a tree. */
  JsonNode root() {
    return root;
  }

  /** The IDs of all operations. */
  public Set<String> operationIds() {
    Set<String> ids = new TreeSet<>();
    for (JsonNode pathItem : root.path("paths")) {
      for (Map.Entry<String, JsonNode> member : pathItem.properties()) {
        if (METHODS.contains(member.getKey())) {
          ids.add(member.getValue().path("operationId").stringValue());
        }
      }
    }
    return ids;
  }

  /** The documented status codes of all operations, each as {@code "operationId 200"}. */
  public Set<String> operationStatuses() {
    Set<String> statuses = new TreeSet<>();
    for (JsonNode pathItem : root.path("paths")) {
      for (Map.Entry<String, JsonNode> member : pathItem.properties()) {
        if (METHODS.contains(member.getKey())) {
          String id = member.getValue().path("operationId").stringValue();
          member
              .getValue()
              .path("responses")
              .propertyNames()
              .forEach(s -> statuses.add(id + " " + s));
        }
      }
    }
    return statuses;
  }

  /**
   * Checks that path, method and status code are in the document, that the response matches it, and
   * that the request does unless it was rejected with a 4xx status code.
   *
   * @return the ID of the operation
   * @throws AssertionError which lists all differences
   */
  public String validate(OpenApiExchange exchange) {
    Match match = match(exchange.method(), exchange.path());
    List<String> problems = new ArrayList<>();
    if (exchange.status() < 400 || exchange.status() >= 500) {
      checkRequest(
          match, exchange.query(), exchange.requestContentType(), exchange.requestBody(), problems);
    }
    checkResponse(match, exchange, problems);
    return idWithout(problems, match, exchange.toString());
  }

  /**
   * Checks that path, method, query and body of a request match the document.
   *
   * @return the ID of the operation
   * @throws AssertionError which lists all differences
   */
  public String validateRequest(
      String method, String path, String query, String contentType, String body) {
    Match match = match(method, path);
    List<String> problems = new ArrayList<>();
    checkRequest(match, query, contentType, body, problems);
    return idWithout(problems, match, method + " " + path + " " + contentType + " " + body);
  }

  /**
   * Checks that a JSON body matches one of the schemas in {@code components}.
   *
   * @throws AssertionError which lists all differences
   */
  public void validateBody(String schemaName, String body) {
    JsonNode schema = root.path("components").path("schemas").path(schemaName);
    if (schema.isMissingNode()) {
      throw new AssertionError("%s.json has no schema %s".formatted(name, schemaName));
    }
    List<String> problems = new ArrayList<>();
    checkJson("body", schema, body, problems);
    if (!problems.isEmpty()) {
      throw failure(problems, body);
    }
  }

  /** Whether a value is valid; empty when it is, else what is wrong. */
  List<String> problems(JsonNode schema, JsonNode value) {
    return compiled(schema).validate(value).stream().map(Error::toString).toList();
  }

  /** The node itself, or what its reference points to. */
  JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? root.at(node.path("$ref").stringValue().substring(1)) : node;
  }

  private String idWithout(List<String> problems, Match match, String exchange) {
    if (!problems.isEmpty()) {
      throw failure(problems, exchange);
    }
    return match.operation().path("operationId").stringValue();
  }

  private AssertionError failure(List<String> problems, String subject) {
    return new AssertionError(
        "Does not match %s.json:%n  - %s%n%s"
            .formatted(name, String.join(System.lineSeparator() + "  - ", problems), subject));
  }

  private Match match(String method, String path) {
    // HEAD is GET without a body; OpenAPI documents rarely list it.
    String key = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
    Set<String> methods = new TreeSet<>();
    @Nullable Match best = null;
    for (Map.Entry<String, JsonNode> entry : root.path("paths").properties()) {
      Optional<Map<String, String>> parameters = parameters(entry.getKey(), path);
      if (parameters.isPresent()) {
        JsonNode pathItem = entry.getValue();
        pathItem.propertyNames().stream().filter(METHODS::contains).forEach(methods::add);
        Match match = new Match(pathItem, pathItem.path(key), parameters.get());
        // The most concrete path template wins.
        if (METHODS.contains(key)
            && pathItem.has(key)
            && (best == null || match.parameters().size() < best.parameters().size())) {
          best = match;
        }
      }
    }
    if (best == null) {
      throw new AssertionError(
          methods.isEmpty()
              ? "%s.json has no path that matches %s".formatted(name, path)
              : "%s.json has no method %s for %s, only %s".formatted(name, method, path, methods));
    }
    return best;
  }

  /** The values of the path parameters; empty when the path does not match the template. */
  private static Optional<Map<String, String>> parameters(String template, String path) {
    String[] expected = template.split("/", -1);
    String[] actual = path.split("/", -1);
    if (expected.length != actual.length) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < expected.length; i++) {
      if (expected[i].startsWith("{")) {
        // The decoder is for forms, where a plus sign is a space.
        parameters.put(
            expected[i].substring(1, expected[i].length() - 1),
            decoded(actual[i].replace("+", "%2B")));
      } else if (!expected[i].equals(actual[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  private void checkRequest(
      Match match, String query, String contentType, String body, List<String> problems) {
    checkParameters(match, query, problems);
    JsonNode requestBody = resolve(match.operation().path("requestBody"));
    if (body.isEmpty()) {
      if (requestBody.path("required").asBoolean(false)) {
        problems.add("the request has no body, but needs one");
      }
    } else if (requestBody.isMissingNode()) {
      problems.add("the request has a body, but no body is documented");
    } else {
      checkContent("request", requestBody.path("content"), contentType, body, problems);
    }
  }

  private void checkParameters(Match match, String query, List<String> problems) {
    Map<String, String> inQuery = new LinkedHashMap<>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      inQuery.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
    }
    Set<String> unknown = new TreeSet<>(inQuery.keySet());
    for (JsonNode list :
        List.of(match.pathItem().path("parameters"), match.operation().path("parameters"))) {
      for (JsonNode reference : list) {
        JsonNode parameter = resolve(reference);
        String parameterName = parameter.path("name").stringValue();
        boolean isQuery = parameter.path("in").stringValue().equals("query");
        @Nullable String value = (isQuery ? inQuery : match.parameters()).get(parameterName);
        unknown.remove(isQuery ? parameterName : "");
        if (value != null) {
          JsonNode schema = parameter.path("schema");
          for (String problem : problems(schema, typed(value, resolve(schema)))) {
            problems.add("the parameter " + parameterName + "=" + value + problem);
          }
        } else if (parameter.path("required").asBoolean(false)) {
          problems.add("the parameter " + parameterName + " is missing");
        }
      }
    }
    unknown.forEach(each -> problems.add("the query parameter " + each + " is not documented"));
  }

  private static JsonNode typed(String value, JsonNode schema) {
    return switch (schema.path("type").asString("")) {
      case "integer" ->
          value.matches("-?[0-9]{1,9}")
              ? IntNode.valueOf(Integer.parseInt(value))
              : StringNode.valueOf(value);
      case "boolean" ->
          value.matches("true|false")
              ? BooleanNode.valueOf(Boolean.parseBoolean(value))
              : StringNode.valueOf(value);
      default -> StringNode.valueOf(value);
    };
  }

  private void checkResponse(Match match, OpenApiExchange exchange, List<String> problems) {
    JsonNode responses = match.operation().path("responses");
    JsonNode response = resolve(responses.path(Integer.toString(exchange.status())));
    if (response.isMissingNode()) {
      problems.add(
          "the status code %s is not documented, only %s"
              .formatted(exchange.status(), responses.propertyNames()));
    } else if (response.has("content") && !exchange.method().equals("HEAD")) {
      checkContent(
          "response",
          response.path("content"),
          exchange.responseContentType(),
          exchange.responseBody(),
          problems);
    } else if (!exchange.responseBody().isEmpty()) {
      problems.add("the response has a body, but no body is documented");
    }
  }

  private void checkContent(
      String what, JsonNode content, String contentType, String body, List<String> problems) {
    String mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    JsonNode documented = content.path(mediaType);
    if (documented.isMissingNode()) {
      problems.add(
          "the media type \"%s\" of the %s is not documented, only %s"
              .formatted(mediaType, what, content.propertyNames()));
    } else if (mediaType.equals("application/json")) {
      checkJson(what + " body", documented.path("schema"), body, problems);
    } else {
      for (String problem : problems(documented.path("schema"), StringNode.valueOf(body))) {
        problems.add(what + " body" + problem);
      }
    }
  }

  private void checkJson(String what, JsonNode schema, String body, List<String> problems) {
    try {
      for (String problem : problems(schema, JSON.readTree(body))) {
        problems.add(what + problem);
      }
    } catch (JacksonException e) {
      problems.add("the %s is not JSON: %s".formatted(what, e.getOriginalMessage()));
    }
  }

  /** The schema with the components, to which its references point. */
  private Schema compiled(JsonNode schema) {
    return compiled.computeIfAbsent(
        schema,
        node -> {
          ObjectNode resource = JSON.createObjectNode();
          resource.setAll((ObjectNode) node);
          resource.set("components", root.path("components"));
          return SCHEMAS.getSchema(resource);
        });
  }

  private static String decoded(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }
}
