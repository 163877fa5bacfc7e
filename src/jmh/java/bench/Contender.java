package bench;

/** One way to call the API. The token is exchanged once; after that, each call is one request. */
interface Contender extends AutoCloseable {

  Object get() throws Exception;

  Object deploy() throws Exception;

  Object list() throws Exception;

  @Override
  void close();

  static Contender of(String name, String url) {
    return switch (name) {
      case "ours" -> new Ours(url);
      case "plain" -> new Plain(url, true);
      case "raw" -> new Plain(url, false);
      default -> throw new IllegalArgumentException(name);
    };
  }
}
