package io.github.typedbcloud.validation;

import io.github.typedbcloud.internal.json.Json;
import io.github.typedbcloud.model.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON form of a catalog. */
final class CatalogJson {

  private CatalogJson() {}

  static Catalog resource(String name) {
    try (InputStream in = CatalogJson.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "The resource " + name + " is not in the jar; was the jar repackaged without it?");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), name);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading the resource " + name + " failed", e);
    }
  }

  static Catalog parse(String json, String source) {
    try {
      Catalog.Builder catalog = Catalog.builder();
      Object root = Json.read(json.getBytes(StandardCharsets.UTF_8));
      for (Object element : list(object(root, "the catalog"), "providers", "the catalog")) {
        provider(object(element, "a provider"), catalog);
      }
      return catalog.build();
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The catalog in " + source + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void provider(Map<?, ?> json, Catalog.Builder catalog) {
    String id = text(json, "id", "a provider");
    Provider provider = Provider.of(id);
    for (String storageType : texts(json, "storageTypes", id)) {
      catalog.storageType(provider, storageType);
    }
    for (Object element : list(json, "machineTypes", id)) {
      Map<?, ?> machineType = object(element, "a machine type of " + id);
      String name = text(machineType, "name", "a machine type of " + id);
      if (!(machineType.get("freeAvailable") instanceof Boolean freeAvailable)) {
        throw new IllegalArgumentException(
            name + " needs \"freeAvailable\": true or \"freeAvailable\": false");
      }
      catalog.machineType(
          provider, new MachineType(name, freeAvailable, texts(machineType, "regions", name)));
    }
  }

  private static Map<?, ?> object(@Nullable Object value, String what) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException(what + " must be a JSON object, found " + value);
  }

  private static List<?> list(Map<?, ?> json, String name, String owner) {
    if (json.get(name) instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException(owner + " needs an array \"" + name + "\"");
  }

  private static String text(Map<?, ?> json, String name, String owner) {
    if (json.get(name) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw new IllegalArgumentException(owner + " needs a text \"" + name + "\"");
  }

  private static List<String> texts(Map<?, ?> json, String name, String owner) {
    List<String> texts = new ArrayList<>();
    for (Object element : list(json, name, owner)) {
      if (!(element instanceof String text)) {
        throw new IllegalArgumentException(
            "\"" + name + "\" of " + owner + " must hold texts, found " + element);
      }
      texts.add(text);
    }
    return texts;
  }
}
