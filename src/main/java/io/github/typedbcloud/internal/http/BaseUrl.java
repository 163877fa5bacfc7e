package io.github.typedbcloud.internal.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The validated base URL of the service, to which a path can be appended.
 *
 * @param url without a trailing slash
 */
public record BaseUrl(String url) {

  private static final Pattern LOOPBACK_NAME =
      Pattern.compile("(?i)localhost|127(?:\\.[0-9]{1,3}){3}");

  private static final int MAX_PORT = 65_535;

  /**
   * Parses a base URL.
   *
   * @throws IllegalArgumentException when it is not an absolute {@code https} or {@code http} URL,
   *     or contains credentials, a query or a fragment
   */
  public static BaseUrl parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw invalid("is not a URL: " + e.getReason());
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String authority = uri.getRawAuthority();
    if (uri.getHost() == null && authority != null && authority.indexOf('_') >= 0) {
      throw invalid("has a host name with an underscore, which is invalid; give the host an alias");
    }
    if (uri.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      throw invalid("must look like https://cloud.typedb.com");
    }
    if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
      throw invalid("has a port outside 1 to " + MAX_PORT);
    }
    if (uri.getHost().indexOf('%') >= 0) {
      throw invalid("must not have a zone in its address");
    }
    if (uri.getRawUserInfo() != null) {
      throw invalid("must not contain credentials; pass them to credentials(id, secret)");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw invalid("must not have a query or a fragment");
    }
    int end = text.length();
    while (text.charAt(end - 1) == '/') {
      end--;
    }
    return new BaseUrl(text.substring(0, end));
  }

  /** Whether it is {@code https}. */
  boolean isEncrypted() {
    return url.regionMatches(true, 0, "https:", 0, "https:".length());
  }

  /**
   * Whether requests to it stay on this machine or are encrypted. {@code localhost} and the names
   * below it are loopback, as RFC 6761 requires of resolvers.
   */
  public boolean isSecure() {
    return isEncrypted() || isLoopback(host());
  }

  /** The host name or address; an IPv6 address in brackets. */
  public String host() {
    return URI.create(url).getHost();
  }

  private static boolean isLoopback(String host) {
    if (!host.startsWith("[")) {
      return LOOPBACK_NAME.matcher(host).matches();
    }
    try {
      // Not looked up, because it is an address.
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static IllegalArgumentException invalid(String reason) {
    // The URL may contain a password, so the message does not repeat it.
    return new IllegalArgumentException("The base URL " + reason + ".");
  }

  @Override
  public String toString() {
    return url;
  }
}
