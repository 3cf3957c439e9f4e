package dev.carillon.session;

import dev.carillon.channel.StreamOptions;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules of some channels, ready for use.
 *
 * @param options as configured
 * @param stream how long their streams remember
 * @param names what their names must contain after the colon; null: ASCII only
 */
public record Namespace(NamespaceOptions options, StreamOptions stream, @Nullable Pattern names) {

  static Namespace of(NamespaceOptions options, Duration metaTtl) {
    Duration own = options.historyMetaTtl();
    Duration meta = own.isZero() ? metaTtl : own;
    Duration ttl = options.historyTtl();
    var stream =
        new StreamOptions(options.historySize(), ttl, meta.compareTo(ttl) < 0 ? ttl : meta);
    String regex = options.channelRegex();
    return new Namespace(
        options,
        options.historySize() > 0 ? stream : StreamOptions.LIVE_ONLY,
        regex.isEmpty() ? null : Pattern.compile(regex));
  }

  boolean keepsHistory() {
    return stream.keepsHistory();
  }
}
