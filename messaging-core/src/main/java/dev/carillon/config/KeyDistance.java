package dev.carillon.config;

import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Finds the known key that somebody meant who wrote another one. */
public final class KeyDistance {
  private KeyDistance() {}

  /** The most similar of the known keys, or null when there are none. */
  public static @Nullable String nearest(String key, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.<String>comparingInt(candidate -> distance(key, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .orElse(null);
  }

  /**
   * Whether one text, or its last part, may be a slip of the pen for the other; anything else is no
   * advice.
   */
  public static boolean isSlip(String written, String meant) {
    return startsSection(written, meant)
        || isNear(written, meant)
        || isNear(lastPart(written), lastPart(meant));
  }

  private static boolean isNear(String written, String meant) {
    return edits(written, meant) <= Math.max(1, meant.length() / 3);
  }

  private static boolean startsSection(String key, String candidate) {
    return candidate.startsWith(key + ".") || key.startsWith(candidate + ".");
  }

  /** A forgotten or wrong section counts as one mistake, so that {@code prot} finds a port. */
  private static int distance(String key, String candidate) {
    if (startsSection(key, candidate)) {
      return 0;
    }
    int whole = edits(key, candidate);
    int last = edits(lastPart(key), lastPart(candidate));
    boolean sameSection = !key.contains(".") || section(key).equals(section(candidate));
    return Math.min(whole, last + (sameSection ? 1 : 3));
  }

  private static String lastPart(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  private static String section(String key) {
    return key.substring(0, Math.max(0, key.lastIndexOf('.')));
  }

  /** Insertions, deletions, replacements and swaps of neighbours that make one text the other. */
  static int edits(String a, String b) {
    var rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        rows[i][j] = i == 0 ? j : j == 0 ? i : cheapest(rows, a, b, i, j);
      }
    }
    return rows[a.length()][b.length()];
  }

  private static int cheapest(int[][] rows, String a, String b, int i, int j) {
    int replaced = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replaced, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
  }
}
