package dev.carillon.token;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the JWK set of a token is. Parts of the URL may come from its issuer or audience, which are
 * not verified at that point: only what a named group of the operator's own expression lets through
 * gets into the URL, and there it can't leave its place.
 */
final class JwksEndpoint {

  private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
  private static final int MAX_MATCHED = 1_024;

  private final String template;
  private final String issuerRegex;
  private final String audienceRegex;

  JwksEndpoint(TokenOptions options) {
    this.template = options.jwksPublicEndpoint();
    this.issuerRegex = options.issuerRegex();
    this.audienceRegex = options.audienceRegex();
  }

  /** Null when the claims do not say all that the URL needs. */
  @Nullable String url(Claims claims) {
    if (!VARIABLE.matcher(template).find()) {
      return template;
    }
    List<Matcher> sources = new ArrayList<>();
    match(issuerRegex, claims.iss, sources);
    claims.aud.forEach(audience -> match(audienceRegex, audience, sources));
    var url = new StringBuilder();
    Matcher variables = VARIABLE.matcher(template);
    while (variables.find()) {
      String value = value(variables.group(1), sources);
      if (value == null) {
        return null;
      }
      variables.appendReplacement(url, Matcher.quoteReplacement(value));
    }
    return variables.appendTail(url).toString();
  }

  private static void match(String regex, String claim, List<Matcher> sources) {
    if (!regex.isEmpty() && claim.length() <= MAX_MATCHED) {
      Matcher matcher = TokenOptions.pattern(regex).matcher(claim);
      if (matcher.find()) {
        sources.add(matcher);
      }
    }
  }

  private static @Nullable String value(String name, List<Matcher> sources) {
    for (Matcher source : sources) {
      try {
        String value = source.group(name);
        if (value != null && !value.isEmpty() && !value.matches("[.]+")) {
          return URLEncoder.encode(value, StandardCharsets.UTF_8);
        }
      } catch (IllegalArgumentException noSuchGroup) {
        // It may be a group of the other expression.
      }
    }
    return null;
  }
}
