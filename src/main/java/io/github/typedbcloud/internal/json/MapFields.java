package io.github.typedbcloud.internal.json;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of a map. Its keys may be of any type, as a user may have built it. */
final class MapFields extends FieldReader {

  private final Iterator<? extends Map.Entry<?, ? extends @Nullable Object>> entries;

  private @Nullable Object value;

  MapFields(Map<?, ? extends @Nullable Object> map) {
    this.entries = map.entrySet().iterator();
  }

  @Override
  public @Nullable String next() {
    if (!entries.hasNext()) {
      return null;
    }
    Map.Entry<?, ? extends @Nullable Object> entry = entries.next();
    name = String.valueOf(entry.getKey());
    value = entry.getValue();
    return name;
  }

  @Override
  public @Nullable Object value() {
    return value;
  }

  @Override
  public <T> @Nullable T object(Function<FieldReader, T> read) {
    return value == null ? null : object(name, value, read);
  }

  @Override
  public <T> List<T> objects(Function<FieldReader, T> read) {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> elements)) {
      throw mismatch(name, "an array", value);
    }
    List<T> objects = new ArrayList<>(elements.size());
    for (Object element : elements) {
      objects.add(object(name + "[" + objects.size() + "]", element, read));
    }
    return objects;
  }

  @Override
  boolean isNull() {
    return value == null;
  }

  private static <T> T object(String path, @Nullable Object value, Function<FieldReader, T> read) {
    if (!(value instanceof Map<?, ?> map)) {
      throw mismatch(path, "an object", value);
    }
    try {
      return read.apply(new MapFields(map));
    } catch (IllegalArgumentException e) {
      throw within(path, e);
    }
  }
}
