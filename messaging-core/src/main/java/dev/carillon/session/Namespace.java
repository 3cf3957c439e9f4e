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
 * @param format what clients may publish: {@code publication_data_format}
 * @param names what their names must contain after the colon; null: ASCII only
 */
public record Namespace(
    NamespaceOptions options, StreamOptions stream, String format, @Nullable Pattern names) {

  /**
   * @param channels what holds where the namespace says nothing
   */
  static Namespace of(NamespaceOptions options, ChannelOptions channels) {
    Duration own = options.historyMetaTtl();
    Duration meta = own.isZero() ? channels.historyMetaTtl() : own;
    Duration ttl = options.historyTtl();
    var stream =
        new StreamOptions(options.historySize(), ttl, meta.compareTo(ttl) < 0 ? ttl : meta);
    String regex = options.channelRegex();
    String format = options.publicationDataFormat();
    return new Namespace(
        options,
        options.historySize() > 0 ? stream : StreamOptions.LIVE_ONLY,
        format.isEmpty() ? channels.publicationDataFormat() : format,
        regex.isEmpty() ? null : Pattern.compile(regex));
  }

  boolean keepsHistory() {
    return stream.keepsHistory();
  }
}
