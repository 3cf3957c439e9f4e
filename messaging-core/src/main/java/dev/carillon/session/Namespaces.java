package dev.carillon.session;

import dev.carillon.text.Utf8;
import dev.carillon.token.ConnectionToken;
import dev.carillon.token.Operator;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the namespace of a channel, and checks names (docs/PROTOCOL.md, "Channels"). */
public final class Namespaces {

  /** Who is there matters to who publishes; there is no history: the next one says it all. */
  private static final Map<String, Object> CONSOLE = Map.of("name", "console", "presence", true);

  private final Map<String, Namespace> byName = new HashMap<>();
  private final Namespace console;
  private final int maxLength;

  public Namespaces(ChannelOptions options) {
    maxLength = options.maxLength();
    console = Namespace.of(NamespaceOptions.of(CONSOLE), options);
    byName.put("", Namespace.of(options.withoutNamespace(), options));
    for (NamespaceOptions namespace : options.namespaces()) {
      byName.put(namespace.name(), Namespace.of(namespace, options));
    }
  }

  /** The namespace of the channel, null when there is none of that name. */
  public @Nullable Namespace of(String channel) {
    return isReserved(channel) ? console : byName.get(name(channel));
  }

  /** Whether the channel is the console's, and no client's business. */
  static boolean isReserved(String channel) {
    return channel.startsWith(Operator.CHANNELS);
  }

  /** Whether the token may subscribe somebody to the channel. */
  boolean isGrantable(String channel, ConnectionToken token) {
    return isReserved(channel) ? token.console() : of(channel) != null;
  }

  /** Whether the name takes too many bytes. */
  boolean tooLong(String channel) {
    return Utf8.length(channel) > maxLength;
  }

  /** Whether the namespace allows this name for one of its channels; nothing is no name. */
  boolean wellNamed(Namespace namespace, String channel) {
    if (channel.isEmpty()) {
      return false;
    }
    Pattern names = namespace.names();
    if (names == null) {
      return channel.chars().allMatch(c -> c < 0x80);
    }
    String name = name(channel);
    String rest = name.isEmpty() ? channel : channel.substring(channel.indexOf(':') + 1);
    return names.matcher(rest).find();
  }

  /** The text before the first colon, without the mark of a private channel. */
  private static String name(String channel) {
    int start = Permissions.isPrivate(channel) ? 1 : 0;
    int colon = channel.indexOf(':', start);
    return colon < 0 ? "" : channel.substring(start, colon);
  }
}
