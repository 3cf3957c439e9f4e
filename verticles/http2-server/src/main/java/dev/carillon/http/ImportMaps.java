package dev.carillon.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The inline import maps of a page. Browsers have no import maps in files of their own, so they are
 * the one inline script that the policy allows, each by the hash of its text.
 */
final class ImportMaps {

  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

  private ImportMaps() {}

  /** CSP source expressions, for example {@code 'sha256-…'}, in the order of the page. */
  static List<String> hashes(byte[] page) {
    return IMPORT_MAP
        .matcher(new String(page, StandardCharsets.UTF_8))
        .results()
        .map(found -> found.group(1).getBytes(StandardCharsets.UTF_8))
        .map(text -> Base64.getEncoder().encodeToString(StaticFile.sha256(text)))
        .map(hash -> "'sha256-" + hash + "'")
        .toList();
  }
}
