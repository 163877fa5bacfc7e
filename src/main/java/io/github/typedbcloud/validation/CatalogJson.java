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

  private static final String BUNDLED = "catalog.json";

  private static final String STORAGE_TYPES = "storageTypes";

  /** In the bundled catalog: takes the place of {@link #STORAGE_TYPES} in project scopes. */
  private static final String STORAGE_TYPES_IN_PROJECTS = "storageTypesInProjects";

  private final Catalog.Builder catalog = Catalog.builder();

  private final boolean inProjects;

  private CatalogJson(boolean inProjects) {
    this.inProjects = inProjects;
  }

  /** The bundled catalog of project scopes or of space scopes. */
  static Catalog bundled(boolean inProjects) {
    try (InputStream in = CatalogJson.class.getResourceAsStream(BUNDLED)) {
      if (in == null) {
        throw new IllegalStateException(
            "The resource " + BUNDLED + " is not in the jar; was the jar repackaged without it?");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), BUNDLED, inProjects);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading the resource " + BUNDLED + " failed", e);
    }
  }

  static Catalog parse(String json, String source) {
    return parse(json, source, false);
  }

  private static Catalog parse(String json, String source, boolean inProjects) {
    try {
      Map<?, ?> root = object(Json.read(json.getBytes(StandardCharsets.UTF_8)), "the catalog");
      CatalogJson reader = new CatalogJson(inProjects);
      for (Object element : list(root, "providers", "the catalog")) {
        reader.provider(object(element, "a provider"));
      }
      return reader.catalog.build();
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The catalog in " + source + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void provider(Map<?, ?> json) {
    String id = string(json, "id", "a provider");
    Provider provider = Provider.of(id);
    boolean differs = inProjects && json.containsKey(STORAGE_TYPES_IN_PROJECTS);
    String storageTypes = differs ? STORAGE_TYPES_IN_PROJECTS : STORAGE_TYPES;
    for (String storageType : strings(json, storageTypes, id)) {
      catalog.storageType(provider, storageType);
    }
    for (Object element : list(json, "machineTypes", id)) {
      Map<?, ?> machineType = object(element, "a machine type of " + id);
      String name = string(machineType, "name", "a machine type of " + id);
      if (!(machineType.get("freeAvailable") instanceof Boolean freeAvailable)) {
        throw new IllegalArgumentException(
            name + " needs \"freeAvailable\": true or \"freeAvailable\": false");
      }
      catalog.machineType(
          provider, new MachineType(name, freeAvailable, strings(machineType, "regions", name)));
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

  private static String string(Map<?, ?> json, String name, String owner) {
    if (json.get(name) instanceof String string && !string.isBlank()) {
      return string;
    }
    throw new IllegalArgumentException(owner + " needs a string \"" + name + "\"");
  }

  private static List<String> strings(Map<?, ?> json, String name, String owner) {
    List<String> strings = new ArrayList<>();
    for (Object element : list(json, name, owner)) {
      if (!(element instanceof String string)) {
        throw new IllegalArgumentException(
            "\"" + name + "\" of " + owner + " must hold strings, found " + element);
      }
      strings.add(string);
    }
    return strings;
  }
}
