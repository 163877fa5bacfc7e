package io.github.typedbcloud.internal.auth;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The variables of an env file, in the syntax that systemd, Docker Compose and shells share. What
 * they read in different ways is an error in the variables that are wanted.
 *
 * <ul>
 *   <li>{@code NAME=value}, also with {@code export } before it and with spaces around it; the last
 *       one of a name counts
 *   <li>empty lines, and lines that begin with {@code #} or {@code ;}, are ignored
 *   <li>a value without quotes ends before {@code #}, a comment
 *   <li>in single quotes nothing is special; in double quotes a backslash stands before {@code "},
 *       {@code \}, {@code $} and {@code `}; only a comment may follow the closing quote
 *   <li>{@code $NAME} is not replaced
 *   <li>the values of other variables may have several lines
 * </ul>
 */
final class EnvFile {

  /** Names the line, and what is wrong with it; never what it holds. */
  static final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;

    SyntaxException(int line, String problem) {
      super(problem);
      this.line = line;
    }

    /** Counted from 1. */
    int line() {
      return line;
    }
  }

  private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

  private static final Pattern EXPORT = Pattern.compile("^export[ \t]+");

  private static final Pattern COMMENT = Pattern.compile("[ \t]#.*");

  private static final String NOT_CLOSED =
      "has a quote that is not closed; close it at the end of the value";

  private static final String ESCAPED = "\"\\$`";

  private final List<String> lines;

  /** The index of the line that is parsed. */
  private int index;

  EnvFile(String text) {
    this.lines = List.of(LINE_END.split(text, -1));
  }

  /**
   * Parses all lines.
   *
   * @param wanted the names of the variables that are wanted
   * @return these
   */
  Map<String, String> read(Predicate<String> wanted) throws SyntaxException {
    Map<String, String> variables = new HashMap<>();
    for (index = 0; index < lines.size(); index++) {
      String line = lines.get(index).strip();
      if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      String assignment = EXPORT.matcher(line).replaceFirst("");
      int end = assignment.indexOf('=');
      if (end < 0) {
        throw error("has no '='; write NAME=value");
      }
      String name = assignment.substring(0, end).strip();
      if (!NAME.matcher(name).matches()) {
        throw error("has no variable name before '='; write NAME=value");
      }
      String text = assignment.substring(end + 1);
      if (wanted.test(name)) {
        variables.put(name, value(text));
      } else {
        skip(text);
      }
    }
    return variables;
  }

  private String value(String text) throws SyntaxException {
    String value = text.strip();
    if (value.startsWith("'")) {
      int end = value.indexOf('\'', 1);
      requireEnd(value, end);
      return value.substring(1, end);
    }
    return value.startsWith("\"") ? inDoubleQuotes(value) : withoutQuotes(text);
  }

  /** Any value, which may have several lines. */
  private void skip(String text) throws SyntaxException {
    String value = text.strip();
    if (value.startsWith("'") || value.startsWith("\"")) {
      SyntaxException notClosed = error(NOT_CLOSED);
      String rest = value.substring(1);
      while (!hasClosingQuote(rest, value.charAt(0))) {
        if (++index == lines.size()) {
          throw notClosed;
        }
        rest = lines.get(index);
      }
    } else {
      for (String line = value; line.endsWith("\\") && index + 1 < lines.size(); ) {
        line = lines.get(++index);
      }
    }
  }

  private static boolean hasClosingQuote(String text, char quote) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == quote) {
        return true;
      }
      if (quote == '"' && text.charAt(i) == '\\') {
        i++;
      }
    }
    return false;
  }

  private String inDoubleQuotes(String text) throws SyntaxException {
    StringBuilder value = new StringBuilder();
    int i = 1;
    for (; i < text.length() && text.charAt(i) != '"'; i++) {
      if (text.charAt(i) == '\\'
          && i + 1 < text.length()
          && ESCAPED.indexOf(text.charAt(i + 1)) >= 0) {
        i++;
      }
      value.append(text.charAt(i));
    }
    requireEnd(text, i < text.length() ? i : -1);
    return value.toString();
  }

  private void requireEnd(String text, int closingQuote) throws SyntaxException {
    if (closingQuote < 0) {
      throw error(NOT_CLOSED);
    }
    String rest = text.substring(closingQuote + 1);
    if (!rest.isEmpty() && !COMMENT.matcher(rest).matches()) {
      throw error("has characters after the closing quote; remove them, or quote all of the value");
    }
  }

  private String withoutQuotes(String text) throws SyntaxException {
    String value = COMMENT.matcher(text).replaceFirst("").strip();
    if (value.indexOf('\\') >= 0) {
      throw error("has a backslash outside quotes; put the value in single quotes");
    }
    if (value.indexOf('"') >= 0 || value.indexOf('\'') >= 0) {
      throw error("has a quote inside the value; put all of the value in quotes");
    }
    return value;
  }

  private SyntaxException error(String problem) {
    return new SyntaxException(index + 1, problem);
  }
}
