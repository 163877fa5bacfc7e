package io.github.typedbcloud.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.typedbcloud.simulator.ServiceModel.Credentials;
import io.github.typedbcloud.simulator.ServiceModel.Scope;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Generates the requests of a session: most are valid or nearly so, the others differ in one or two
 * parts from a valid request.
 */
final class FuzzedRequests {

  static final List<Scope> SCOPES =
      List.of(
          new Scope(false, "acme", "default"),
          new Scope(true, "acme", "default"),
          new Scope(true, "acme", "two"),
          new Scope(false, "acme", "two"),
          new Scope(true, "other", "default"));

  private static final List<String> IDS = List.of("a", "b-1", "c_2", "deploy", "0", "d", "e", "f");

  /** As often as each is generated. */
  private static final List<String> OPERATIONS =
      strings(
          """
          versions
          exchange
          """
              + "deploy\n".repeat(10)
              + "update\n".repeat(9)
              + "suspend\nresume\nclone\n".repeat(4)
              + "destroy\n".repeat(2)
              + "get\nlist\n".repeat(2));

  /** Values of every type, valid somewhere or nowhere. */
  private static final List<String> VALUES =
      strings(
          """
          null
          true
          false
          0
          -0
          1
          -1
          3
          9
          10
          11
          9.0
          1e0
          10.0
          1e1
          1E+1
          0.1e2
          10.5
          1e400
          -1e-400
          1e999999999
          2147483648
          4294967297
          18446744073709551617
          99999999999999999999999999999999
          ""
          " "
          "1"
          "true"
          "null"
          "a"
          "A"
          "latest"
          "LATEST"
          "disabled"
          "\\u0061"
          "\\u0000"
          "\\ud800"
          "a\\nb"
          "é"
          "ａ"
          "²"
          "٣"
          "🙂"
          "ﬀ"
          "ı"
          []
          [1]
          ["a"]
          [[]]
          {}
          {"id":"a"}
          {"":""}
          """);

  private static final Map<String, List<String>> FIELD_VALUES =
      Map.of(
          "id",
          strings(
              """
              "a"
              "b-1"
              "c_2"
              "0"
              "a-b_c-9"
              "a--b"
              "a_-b"
              "-a"
              "a-"
              "_a"
              "a_"
              "-"
              "a b"
              "a.b"
              "a/b"
              "a%2Fb"
              "aB"
              " a"
              "a "
              "a\\n"
              "deploy"
              "\\u0061"
              """),
          "serverCount",
          strings("-1\n0\n1\n2\n3\n4\n5\n7\n8\n9\n10\n11\n1.0\n3e0\n\"1\"\n01\n+1\n1.\n.1"),
          "storageSizeGB",
          strings("0\n-10\n9\n10\n11\n20\n500\n999\n1000\n1001\n10.0\n1e2\n\"10\"\n010\n0x10\n1_0"),
          "provider",
          strings("\"gcp\"\n\"aws\"\n\"GCP\"\n\"azure\"\n\" gcp\"\n\"\""),
          "region",
          strings(
              """
              "europe-west2"
              "europe-west3"
              "us-west4"
              "us-east1"
              "eu-west-2"
              "us-west-2"
              "us-east-1"
              "eu-central-1"
              "europe-west1"
              "EUROPE-WEST2"
              """),
          "isFree",
          strings("true\nfalse\n\"true\"\n1\nTrue\nFALSE"),
          "machineType",
          strings(
              """
              "c2d-highcpu-2"
              "c2d-highcpu-4"
              "c2d-highcpu-8"
              "c2d-highcpu-16"
              "c2d-highcpu-32"
              "c7g.large"
              "c7g.xlarge"
              "c7g.2xlarge"
              "c7g.4xlarge"
              "c8g.large"
              "c8g.xlarge"
              "c8g.2xlarge"
              "c8g.4xlarge"
              "c8g.8xlarge"
              "c8g.LARGE"
              "c9g.large"
              """),
          "storageType",
          strings("\"standard-rwo\"\n\"gp2\"\n\"gp2-csi\"\n\"gp3\"\n\"STANDARD-RWO\""),
          "version",
          strings(
              """
              "latest"
              "2.28.0"
              "2.29.3"
              "3.0.6"
              "3.5.0"
              "3.5.1"
              "3.5.1-rc1"
              "9.9.9"
              "10.0.0"
              "99.99.99"
              "3"
              "3.5"
              "v3.5.1"
              "3.5.1 "
              3.5
              """),
          "backupConfiguration",
          strings(
              """
              {}
              {"frequency":"disabled"}
              {"frequency":"hourly"}
              {"frequency":"daily"}
              {"frequency":"daily","retentionDays":30}
              {"retentionDays":7,"frequency":"disabled"}
              {"retentionDays":7}
              {"retentionDays":30}
              {"retentionDays":8}
              {"retentionDays":7.0}
              {"retentionDays":"7"}
              {"retentionDays":0}
              {"retentionDays":null}
              {"frequency":null,"retentionDays":7}
              {"frequency":"weekly"}
              {"frequency":"Daily"}
              {"frequency":true}
              {"frequency":"daily","x":1}
              {"frequency":"daily","frequency":"hourly"}
              """));

  private static final List<String> NOT_JSON =
      strings(
          """
          x
          {
          }
          {"id"}
          {"id":}
          {"id":"a"
          {"id":"a",}
          {"id":"a"}}
          {"id":"a"} {"id":"b"}
          {"id":"a"},
          {id:"a"}
          {'id':'a'}
          {"id":'a'}
          {"id":"a" "x":1}
          {"id":"a"/*x*/}
          {"id":"a\tb"}
          {"id":"\\x"}
          {"id":"\\u12"}
          {"id":NaN}
          {"id":undefined}
          id=a
          <id>a</id>
          """);

  private static final List<String> MEDIA_TYPES =
      List.of(
          "application/json",
          "application/json; charset=utf-8",
          "application/json;charset=\"utf-8\"",
          "APPLICATION/JSON",
          "application/vnd.x+json",
          "application/json ; x=y",
          "text/plain",
          "text/json",
          "application/x-www-form-urlencoded",
          "multipart/form-data; boundary=x",
          "application/xml",
          "application/jsonx",
          "application/octet-stream",
          "text/plain; application/json",
          "json",
          "*/*");

  private static final List<String> METHODS =
      List.of(
          "GET",
          "HEAD",
          "POST",
          "PUT",
          "PATCH",
          "DELETE",
          "OPTIONS",
          "TRACE",
          "get",
          "Post",
          "FOO",
          "M-SEARCH");

  private final SplittableRandom random;
  private final ServiceModel model;
  private final List<Credentials> credentials;
  private final List<String> versions;
  private final Scope mostUsed;

  /**
   * Generates requests.
   *
   * @param credentials of API tokens; the first has every access
   * @param versions those that the service offers
   */
  FuzzedRequests(
      SplittableRandom random,
      ServiceModel model,
      List<Credentials> credentials,
      List<String> versions) {
    this.random = random;
    this.model = model;
    this.credentials = credentials;
    this.versions = versions;
    this.mostUsed = SCOPES.get(random.nextInt(3));
  }

  /** The scope that most requests are for. */
  Scope mostUsed() {
    return mostUsed;
  }

  private static List<String> strings(String lines) {
    return lines.lines().toList();
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private boolean oneIn(int count) {
    return random.nextInt(count) == 0;
  }

  FuzzedRequest next() {
    Credentials admin = credentials.get(0);
    if (!oneIn(4) && model.tokensOf(admin).stream().noneMatch(model::isValid)) {
      return exchange(admin);
    }
    FuzzedRequest request = nearlyValid();
    for (int i = 0; i < 2; i++) {
      if (oneIn(6)) {
        request = changed(request);
      }
    }
    return request;
  }

  /** The exchange of a token as the reference shows it. */
  FuzzedRequest exchange(Credentials of) {
    String path = random.nextBoolean() ? "/api/auth" : "/api/v1/auth";
    return new FuzzedRequest("POST", path, "Basic " + of.id() + ":" + of.secret(), null, "");
  }

  private FuzzedRequest nearlyValid() {
    String operation = any(OPERATIONS);
    if (operation.equals("exchange")) {
      return exchange(any(credentials));
    }
    String token = "Bearer " + token(oneIn(5) ? any(credentials) : credentials.get(0));
    if (operation.equals("versions")) {
      return new FuzzedRequest("GET", "/api/v1/cluster-versions", token, null, "");
    }
    Scope scope = oneIn(5) ? any(SCOPES) : mostUsed;
    boolean needsNewest = operation.equals("update") || operation.equals("clone");
    if (needsNewest && !scope.isSpace() && !oneIn(8)) {
      scope = SCOPES.get(1);
    }
    boolean isNewest = scope.isSpace() && (needsNewest || !oneIn(3));
    String path =
        (scope.isSpace()
                ? (isNewest ? "/api/v1" : "/api") + "/team/%s/spaces/%s"
                : "/api/org/%s/projects/%s")
            .formatted(scope.owner(), scope.name());
    String cluster = path + "/clusters/" + id(scope);
    return switch (operation) {
      case "deploy" -> withBody("POST", path + "/clusters/deploy", token, deploy(scope, isNewest));
      case "get" -> new FuzzedRequest("GET", cluster, token, null, "");
      case "list" -> new FuzzedRequest("GET", path + "/clusters", token, null, "");
      case "update" -> withBody("PATCH", cluster, token, update(scope));
      case "destroy" -> new FuzzedRequest("DELETE", cluster, token, null, "");
      case "clone" -> withBody("POST", cluster + "/clone", token, fields("id", newId()));
      default -> new FuzzedRequest("POST", cluster + "/" + operation, token, null, "");
    };
  }

  private String token(Credentials of) {
    List<String> tokens = model.tokensOf(of);
    if (tokens.isEmpty()) {
      return "none";
    }
    return oneIn(20) ? any(tokens) : tokens.get(tokens.size() - 1);
  }

  private String id(Scope scope) {
    List<String> ids = model.ids(scope);
    return ids.isEmpty() || oneIn(10) ? any(IDS) : any(ids);
  }

  private String offeredVersion() {
    return versions.isEmpty() ? "3.0.6" : any(versions);
  }

  private String newId() {
    return oneIn(6) ? any(FIELD_VALUES.get("id")) : Bodies.quoted(any(IDS));
  }

  private static List<Map.Entry<String, String>> fields(String... namesAndJson) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    for (int i = 0; i < namesAndJson.length; i += 2) {
      fields.add(Map.entry(namesAndJson[i], namesAndJson[i + 1]));
    }
    return fields;
  }

  /** A valid deploy request, if the limits and offered versions allow it. */
  private List<Map.Entry<String, String>> deploy(Scope scope, boolean isNewest) {
    boolean isFree = random.nextBoolean();
    boolean isAws = oneIn(3);
    String family = isAws ? (random.nextBoolean() ? "c7g." : "c8g.") : "c2d-highcpu-";
    List<String> regions =
        switch (family) {
          case "c7g." -> List.of("eu-west-2");
          case "c8g." -> List.of("us-west-2", "us-east-1", "eu-central-1");
          default -> List.of("europe-west2", "europe-west3", "us-west4", "us-east1");
        };
    List<String> sizes =
        isAws ? List.of("large", "xlarge", "2xlarge", "4xlarge") : List.of("2", "4", "8", "16");
    String version = isNewest && oneIn(4) ? "latest" : offeredVersion();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("id", newId());
    fields.put(
        "serverCount",
        isFree || !version.startsWith("2")
            ? "1"
            : any(oneIn(4) ? FIELD_VALUES.get("serverCount") : List.of("1", "3", "9")));
    fields.put("storageSizeGB", isFree ? "10" : any(List.of("10", "20", "1000")));
    fields.put("provider", isAws ? "\"aws\"" : "\"gcp\"");
    fields.put("region", Bodies.quoted(any(regions)));
    fields.put("isFree", "" + isFree);
    fields.put("machineType", Bodies.quoted(family + (isFree ? sizes.get(0) : any(sizes))));
    fields.put("storageType", isAws ? (isNewest ? "\"gp2-csi\"" : "\"gp2\"") : "\"standard-rwo\"");
    fields.put("version", Bodies.quoted(version));
    if (scope.isSpace() && random.nextBoolean()) {
      fields.put(
          "backupConfiguration", "{\"frequency\":\"" + (isFree ? "disabled" : "daily") + "\"}");
    }
    return new ArrayList<>(fields.entrySet());
  }

  /** One field or more. */
  private List<Map.Entry<String, String>> update(Scope scope) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    do {
      String name =
          any(List.of("id", "storageSizeGB", "machineType", "backupConfiguration", "version"));
      String value =
          switch (name) {
            case "id" -> oneIn(2) ? Bodies.quoted(id(scope)) : newId();
            case "storageSizeGB" -> any(List.of("10", "15", "500", "1000"));
            case "version" -> Bodies.quoted(offeredVersion());
            default -> any(FIELD_VALUES.get(name));
          };
      fields.removeIf(field -> field.getKey().equals(name));
      fields.add(Map.entry(name, value));
    } while (oneIn(3));
    return fields;
  }

  private FuzzedRequest withBody(
      String method, String target, String token, List<Map.Entry<String, String>> fields) {
    for (int i = 0; i < 2; i++) {
      if (oneIn(4)) {
        change(fields);
      }
    }
    String separator = any(List.of(",", ", ", "\n,\t", " , "));
    String colon = any(List.of(":", ": ", " :\r\n"));
    String body =
        fields.stream()
            .map(field -> Bodies.quoted(escaped(field.getKey())) + colon + field.getValue())
            .collect(Collectors.joining(separator, "{", "}"));
    return new FuzzedRequest(
        method, target, token, oneIn(3) ? null : "application/json", bytes(body, UTF_8));
  }

  /** A name as it is, or with an escaped letter. */
  private String escaped(String name) {
    return name.isEmpty() || !oneIn(20)
        ? name
        : "\\u%04x".formatted((int) name.charAt(0)) + name.substring(1);
  }

  private static String bytes(String text, Charset charset) {
    return new String(text.getBytes(charset), ISO_8859_1);
  }

  private void change(List<Map.Entry<String, String>> fields) {
    int index = random.nextInt(fields.size() + 1);
    if (index == fields.size()) {
      String name =
          any(
              List.of(
                  "x",
                  "",
                  "ID",
                  "tags",
                  "serverCount",
                  "isFree",
                  "backupConfiguration",
                  "servers",
                  "organization",
                  "teamID",
                  "é",
                  "id "));
      fields.add(Map.entry(name, any(VALUES)));
      return;
    }
    Map.Entry<String, String> field = fields.get(index);
    String name = field.getKey();
    switch (random.nextInt(12)) {
      case 0 -> {
        if (fields.size() > 1) {
          fields.remove(index);
        }
      }
      case 1 -> fields.add(random.nextInt(fields.size() + 1), field);
      case 2 -> fields.set(index, Map.entry(name, any(VALUES)));
      case 3 -> fields.set(index, Map.entry(name, huge()));
      default -> fields.set(index, Map.entry(name, any(FIELD_VALUES.getOrDefault(name, VALUES))));
    }
  }

  private String huge() {
    return switch (random.nextInt(5)) {
      case 0 -> Bodies.quoted("a".repeat(300));
      case 1 -> Bodies.quoted("A".repeat(70_000));
      case 2 -> "1".repeat(random.nextInt(20, 3_000));
      case 3 -> "[".repeat(5_000) + "]".repeat(5_000);
      default -> "1" + "0".repeat(10) + "e-" + random.nextInt(8, 12);
    };
  }

  private FuzzedRequest changed(FuzzedRequest request) {
    return switch (random.nextInt(request.body().isEmpty() ? 5 : 9)) {
      case 0, 1 -> withAuthorization(request, authorization(request));
      case 2, 3 -> withTarget(request, target(request.target()));
      case 4 ->
          new FuzzedRequest(
              any(METHODS),
              request.target(),
              request.authorization(),
              request.contentType(),
              request.body());
      case 5, 6 ->
          new FuzzedRequest(
              request.method(),
              request.target(),
              request.authorization(),
              any(MEDIA_TYPES),
              request.body());
      default ->
          new FuzzedRequest(
              request.method(),
              request.target(),
              request.authorization(),
              request.contentType(),
              otherBody(request.body()));
    };
  }

  private static FuzzedRequest withAuthorization(
      FuzzedRequest request, @Nullable String authorization) {
    return new FuzzedRequest(
        request.method(), request.target(), authorization, request.contentType(), request.body());
  }

  private static FuzzedRequest withTarget(FuzzedRequest request, String target) {
    return new FuzzedRequest(
        request.method(), target, request.authorization(), request.contentType(), request.body());
  }

  private @Nullable String authorization(FuzzedRequest request) {
    String present = request.authorization() == null ? "" : request.authorization();
    String token = present.replaceFirst("^[^ ]* ", "");
    Credentials other = any(credentials);
    return switch (random.nextInt(16)) {
      case 0 -> null;
      case 1 -> "";
      case 2 -> present.replaceFirst(" .*", "");
      case 3 -> present.replaceFirst(" .*", " ");
      case 4 -> token;
      case 5 -> "Token " + token;
      case 6 -> present.replaceFirst("^Bearer", "bearer").replaceFirst("^Basic", "BASIC");
      case 7 -> present.replaceFirst(" ", "   ");
      case 8 -> present + "x";
      case 9 -> present.substring(0, Math.max(0, present.length() - 1));
      case 10 -> "Bearer " + any(List.of("nonsense", "a.b.c", "null", "\u00e9", "a b", "\"x\""));
      case 11 -> "Basic " + other.id() + ":" + other.secret();
      case 12 -> "Basic " + any(List.of(other.id(), ":", other.id() + ":", ":" + other.secret()));
      case 13 -> "Basic " + other.id() + ":" + other.secret() + any(List.of(":", " ", "x", "="));
      default -> "Bearer " + token(other);
    };
  }

  private String target(String target) {
    String[] parts = target.split("/", -1);
    int index = random.nextInt(1, parts.length);
    String part = parts[index];
    switch (random.nextInt(14)) {
      case 0 -> parts[index] = any(List.of("x", "api", "clusters", "deploy", "suspend", "spaces"));
      case 1 -> parts[index] = "";
      case 2 ->
          parts[index] = any(List.of(".", "..", "%2E", "%2e%2E", "./" + part, "x/../" + part));
      case 3 -> parts[index] = part + any(List.of("%2F", "%2f", "%00", "%20", "+", ";x=y", "%25"));
      case 4 -> parts[index] = percentEncoded(part);
      case 5 -> parts[index] = part.toUpperCase(Locale.ROOT);
      case 6 ->
          parts[index] =
              any(List.of("%C3%A9", "%FF", "%F0%9F%99%82", "%ED%A0%80", "a".repeat(2_000)));
      case 7 -> {
        return target + "/";
      }
      case 8 -> {
        return target + any(List.of("?", "?x=y", "?/clusters", "?%20"));
      }
      case 9 -> {
        return "/" + target;
      }
      case 10 -> {
        return target + any(List.of("/suspend", "/clone", "/x", "/clusters"));
      }
      case 11 -> {
        return target.replace("/api/v1/", "/api/");
      }
      case 12 -> {
        return target.replaceFirst("^/api/(?!v1/)", "/api/v1/");
      }
      default -> {
        return index == 1 ? "/" : String.join("/", Arrays.asList(parts).subList(0, index));
      }
    }
    return String.join("/", parts);
  }

  private static String percentEncoded(String part) {
    if (part.isEmpty() || part.startsWith("%")) {
      return part;
    }
    return "%%%02x".formatted((int) part.charAt(0)) + part.substring(1);
  }

  private String otherBody(String body) {
    String text = new String(body.getBytes(ISO_8859_1), UTF_8);
    return switch (random.nextInt(10)) {
      case 0 -> "";
      case 1 -> "[" + body + "]";
      case 2 -> body.substring(0, random.nextInt(body.length()));
      case 3 -> body + any(List.of(" ", "\n", "\r\n\t", "x", "{}", "null", "\u0000"));
      case 4 -> any(List.of("null", "true", "1", "\"id\"", "[]", "{}", " ", "\n"));
      case 5 -> bytes("\ufeff" + text, UTF_8);
      case 6 -> bytes(text, any(List.of(Charset.forName("UTF-16LE"), Charset.forName("UTF-16"))));
      case 7 -> body.replace("\"id\"", "\"id\u00ff\"");
      case 8 -> body.substring(0, body.length() - 1) + ",\"x\":\"\u00ff\"}";
      default -> any(NOT_JSON);
    };
  }
}
