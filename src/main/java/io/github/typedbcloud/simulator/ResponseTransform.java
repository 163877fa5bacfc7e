package io.github.typedbcloud.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.typedbcloud.internal.httpserver.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** How a fault changes the response of the service. */
interface ResponseTransform {

  ResponseTransform NONE = response -> response;

  HttpResponse apply(HttpResponse response);

  /** This change and then the other. */
  default ResponseTransform andThen(ResponseTransform other) {
    return this == NONE ? other : response -> other.apply(apply(response));
  }

  /** Sets the status of every cluster and of its servers. */
  static ResponseTransform status(String status) {
    return eachObject(
        object -> {
          // An error and a list of versions have none.
          if (object.has("status")) {
            object.put("status", status);
            for (JsonNode server : object.path("servers")) {
              if (server instanceof ObjectNode fields) {
                fields.put("status", status);
              }
            }
          }
        });
  }

  /** Adds a field to every object. */
  static ResponseTransform extraField(String name, String jsonText) {
    JsonNode value = SimulatorJson.readValue(jsonText);
    return eachObject(object -> object.set(name, value.deepCopy()));
  }

  private static ResponseTransform eachObject(Consumer<ObjectNode> change) {
    return response -> {
      if (!response.isJson()) {
        return response;
      }
      JsonNode body = SimulatorJson.readValue(new String(response.body(), StandardCharsets.UTF_8));
      if (body instanceof ObjectNode object) {
        change.accept(object);
      } else {
        body.forEach(element -> change.accept((ObjectNode) element));
      }
      return response.json(SimulatorJson.write(body));
    };
  }
}
