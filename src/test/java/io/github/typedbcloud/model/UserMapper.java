package io.github.typedbcloud.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;

/** A user's mapper, of either Jackson. */
interface UserMapper {

  String write(Object value);

  <T> T read(String json, Class<T> type);

  static UserMapper of(com.fasterxml.jackson.databind.ObjectMapper jackson2) {
    return new UserMapper() {
      @Override
      public String write(Object value) {
        try {
          return jackson2.writeValueAsString(value);
        } catch (JsonProcessingException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public <T> T read(String json, Class<T> type) {
        try {
          return jackson2.readValue(json, type);
        } catch (JsonProcessingException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  static UserMapper of(tools.jackson.databind.ObjectMapper jackson3) {
    return new UserMapper() {
      @Override
      public String write(Object value) {
        return jackson3.writeValueAsString(value);
      }

      @Override
      public <T> T read(String json, Class<T> type) {
        return jackson3.readValue(json, type);
      }
    };
  }
}
