package bench;

/** A short program: one token exchange and one call. */
final class Cold {

  private Cold() {}

  public static void main(String[] arguments) throws Exception {
    try (Contender contender = Contender.of(arguments[0], arguments[1])) {
      if (contender.get() == null) {
        throw new IllegalStateException();
      }
    }
  }
}
