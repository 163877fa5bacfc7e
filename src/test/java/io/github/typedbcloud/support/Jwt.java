package io.github.typedbcloud.support;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Access tokens that hold their own lifetime. */
public final class Jwt {

  private Jwt() {}

  /** A token with these claims, as JSON text. */
  public static String of(String claims) {
    return encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + encoded(claims) + ".c2lnbmF0dXJl";
  }

  /** A token that lives so many seconds. */
  public static String living(long seconds) {
    return of("{\"iat\":1738256490,\"exp\":" + (1738256490 + seconds) + "}");
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
