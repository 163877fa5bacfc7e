package io.github.typedbcloud.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.Server;
import io.github.typedbcloud.model.ServerStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads clusters while their text streams by, without a tree in between. Whatever is not of the
 * documented types it gives up on: {@link Cluster#fromMap} then reads it, or says what is wrong.
 *
 * <p>Clusters of one list repeat each other in most fields; what repeats is kept once.
 */
public final class ClusterStream {

  /** Something is not of its documented type. */
  private static final class Unexpected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unexpected() {
      super(null, null, false, false);
    }
  }

  private static final ClusterStatus NO_STATUS = ClusterStatus.of("");
  private static final Provider NO_PROVIDER = Provider.of("");
  private static final ServerStatus NO_SERVER_STATUS = ServerStatus.of("");
  private static final Scope NO_OWNER = Scope.project("", "");

  private final JsonParser parser;

  // Of the cluster before:
  private ClusterStatus status = ClusterStatus.RUNNING;
  private Provider provider = NO_PROVIDER;
  private ServerStatus serverStatus = ServerStatus.RUNNING;
  private Scope owner = NO_OWNER;
  private String version = "";
  private String region = "";
  private String machineType = "";
  private String storageType = "";
  private String team = "";
  private String space = "";
  private String organization = "";
  private String project = "";

  private ClusterStream(JsonParser parser) {
    this.parser = parser;
  }

  /** One cluster; null when its text is not quite as documented. */
  public static @Nullable Cluster one(byte[] text) {
    try (JsonParser parser = Json.parser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      Cluster cluster = new ClusterStream(parser).cluster();
      return parser.nextToken() == null ? cluster : null;
    } catch (IOException | Unexpected e) {
      return null;
    }
  }

  /** An array of clusters, which cannot be changed; null when its text is not as documented. */
  public static @Nullable List<Cluster> all(byte[] text) {
    try (JsonParser parser = Json.parser(text)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return null;
      }
      ClusterStream stream = new ClusterStream(parser);
      List<Cluster> clusters = new ArrayList<>();
      for (JsonToken next = parser.nextToken();
          next != JsonToken.END_ARRAY;
          next = parser.nextToken()) {
        if (next != JsonToken.START_OBJECT) {
          return null;
        }
        clusters.add(stream.cluster());
      }
      return parser.nextToken() == null ? Collections.unmodifiableList(clusters) : null;
    } catch (IOException | Unexpected e) {
      return null;
    }
  }

  private Cluster cluster() throws IOException {
    String id = "";
    int serverCount = 0;
    int storageSizeGB = 0;
    boolean isFree = false;
    Instant createdAt = Instant.EPOCH;
    List<Server> servers = List.of();
    Map<String, @Nullable Object> rest = Map.of();
    ClusterStatus ownStatus = NO_STATUS;
    Provider ownProvider = NO_PROVIDER;
    String ownVersion = "";
    String ownRegion = "";
    String ownMachineType = "";
    String ownStorageType = "";
    boolean inSpace = false;
    boolean inProject = false;
    String ownTeam = null;
    String ownSpace = null;
    String ownOrganization = "";
    String ownProject = "";
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      switch (name) {
        case "id" -> id = text(token);
        case "serverCount" -> serverCount = integer(token);
        case "storageSizeGB" -> storageSizeGB = integer(token);
        case "isFree" -> isFree = flag(token);
        case "status" -> ownStatus = status(token);
        case "createdAt" -> createdAt = instant(token);
        case "version" -> ownVersion = version = text(token, version);
        case "provider" -> ownProvider = provider(token);
        case "region" -> ownRegion = region = text(token, region);
        case "machineType" -> ownMachineType = machineType = text(token, machineType);
        case "storageType" -> ownStorageType = storageType = text(token, storageType);
        case "teamID" -> {
          team = text(token, team);
          ownTeam = token == JsonToken.VALUE_NULL ? null : team;
          inSpace = true;
        }
        case "spaceID" -> {
          space = text(token, space);
          ownSpace = token == JsonToken.VALUE_NULL ? null : space;
          inSpace = true;
        }
        case "organization" -> {
          organization = text(token, organization);
          ownOrganization = organization;
          inProject = true;
        }
        case "project" -> {
          project = text(token, project);
          ownProject = project;
          inProject = true;
        }
        case "servers" -> servers = servers(token);
        default -> rest = with(rest, name, token);
      }
    }
    if (id.isEmpty() || (inSpace && inProject)) {
      throw new Unexpected();
    }
    return new Cluster(
        id,
        serverCount,
        storageSizeGB,
        isFree,
        ownStatus,
        createdAt,
        owner(ownTeam, ownSpace, ownOrganization, ownProject),
        ownVersion,
        ownProvider,
        ownRegion,
        ownMachineType,
        ownStorageType,
        servers,
        rest);
  }

  private List<Server> servers(JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return List.of();
    }
    if (token != JsonToken.START_ARRAY) {
      throw new Unexpected();
    }
    JsonToken next = parser.nextToken();
    if (next == JsonToken.END_ARRAY) {
      return List.of();
    }
    Server first = server(next);
    next = parser.nextToken();
    if (next == JsonToken.END_ARRAY) {
      return List.of(first);
    }
    List<Server> servers = new ArrayList<>();
    servers.add(first);
    for (; next != JsonToken.END_ARRAY; next = parser.nextToken()) {
      servers.add(server(next));
    }
    return servers;
  }

  private Server server(JsonToken token) throws IOException {
    if (token != JsonToken.START_OBJECT) {
      throw new Unexpected();
    }
    String address = "";
    ServerStatus own = NO_SERVER_STATUS;
    Map<String, @Nullable Object> rest = Map.of();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "address" -> address = text(value);
        case "status" -> own = serverStatus(value);
        default -> rest = with(rest, name, value);
      }
    }
    return new Server(address, own, rest);
  }

  private Scope owner(
      @Nullable String ofTeam, @Nullable String ofSpace, String ofOrganization, String ofProject) {
    boolean inSpace = ofTeam != null || ofSpace != null;
    String outer = !inSpace ? ofOrganization : ofTeam == null ? "" : ofTeam;
    String inner = !inSpace ? ofProject : ofSpace == null ? "" : ofSpace;
    boolean sameAsBefore =
        inSpace
            ? owner instanceof Scope.Space of && of.team().equals(outer) && of.space().equals(inner)
            : isProject(outer, inner);
    if (!sameAsBefore) {
      owner = inSpace ? Scope.space(outer, inner) : Scope.project(outer, inner);
    }
    return owner;
  }

  private boolean isProject(String organizationId, String projectId) {
    return owner instanceof Scope.Project of
        && of.organization().equals(organizationId)
        && of.project().equals(projectId);
  }

  private ClusterStatus status(JsonToken token) throws IOException {
    String text = text(token, status.value());
    if (!text.equals(status.value())) {
      status = ClusterStatus.of(text);
    }
    return status;
  }

  private ServerStatus serverStatus(JsonToken token) throws IOException {
    String text = text(token, serverStatus.value());
    if (!text.equals(serverStatus.value())) {
      serverStatus = ServerStatus.of(text);
    }
    return serverStatus;
  }

  private Provider provider(JsonToken token) throws IOException {
    String text = text(token, provider.value());
    if (!text.equals(provider.value())) {
      provider = Provider.of(text);
    }
    return provider;
  }

  private Map<String, @Nullable Object> with(
      Map<String, @Nullable Object> rest, String name, JsonToken token) throws IOException {
    Map<String, @Nullable Object> more = rest.isEmpty() ? new LinkedHashMap<>() : rest;
    more.put(name, Json.value(parser, token));
    return more;
  }

  private String text(JsonToken token) throws IOException {
    return text(token, "");
  }

  /** The text of a token: the one before, if it reads the same. */
  private String text(JsonToken token, String before) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return "";
    }
    if (token != JsonToken.VALUE_STRING) {
      throw new Unexpected();
    }
    return isText(before) ? before : parser.getText();
  }

  private boolean isText(String expected) throws IOException {
    int length = parser.getTextLength();
    if (length != expected.length()) {
      return false;
    }
    char[] characters = parser.getTextCharacters();
    int offset = parser.getTextOffset();
    for (int i = 0; i < length; i++) {
      if (characters[offset + i] != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean flag(JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE, VALUE_NULL -> false;
      default -> throw new Unexpected();
    };
  }

  private int integer(JsonToken token) throws IOException {
    long value = wholeNumber(token);
    if ((int) value != value) {
      throw new Unexpected();
    }
    return (int) value;
  }

  private Instant instant(JsonToken token) throws IOException {
    return token == JsonToken.VALUE_NULL ? Instant.EPOCH : Instant.ofEpochMilli(wholeNumber(token));
  }

  private long wholeNumber(JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return 0;
    }
    if (token != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw new Unexpected();
    }
    long value = parser.getLongValue();
    if (Math.abs((double) value) > Long.MAX_VALUE / 2.0) {
      throw new Unexpected();
    }
    return value;
  }
}
