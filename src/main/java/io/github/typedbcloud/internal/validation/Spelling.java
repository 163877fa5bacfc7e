package io.github.typedbcloud.internal.validation;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the known value that the caller probably meant. */
public final class Spelling {

  /** A word may differ by one edit per this many characters, and always by {@link #MIN_EDITS}. */
  private static final int CHARACTERS_PER_EDIT = 3;

  private static final int MIN_EDITS = 2;

  private Spelling() {}

  /** The word with the fewest edits; null when none is similar. */
  public static @Nullable String nearest(CharSequence typed, Collection<String> words) {
    String nearest = null;
    int fewest = Math.max(MIN_EDITS, typed.length() / CHARACTERS_PER_EDIT) + 1;
    for (String word : words) {
      int edits = edits(typed, word);
      if (edits < fewest) {
        fewest = edits;
        nearest = word;
      }
    }
    return nearest;
  }

  /** The Levenshtein distance: insertions, deletions and replacements of one character. */
  private static int edits(CharSequence a, CharSequence b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
