package dev.carillon.session;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the namespace of a channel, and checks names (docs/PROTOCOL.md, "Channels"). */
public final class Namespaces {

  /** Channels of the console, one for each of its sessions. */
  private static final String RESERVED = "$console:";

  private final Map<String, Namespace> byName = new HashMap<>();
  private final int maxLength;

  public Namespaces(ChannelOptions options) {
    maxLength = options.maxLength();
    byName.put("", Namespace.of(options.withoutNamespace(), options.historyMetaTtl()));
    for (NamespaceOptions namespace : options.namespaces()) {
      byName.put(namespace.name(), Namespace.of(namespace, options.historyMetaTtl()));
    }
  }

  /** The namespace of the channel, null when there is none of that name. */
  public @Nullable Namespace of(String channel) {
    return byName.get(name(channel));
  }

  /** Whether the channel is the console's, and no client's business. */
  static boolean isReserved(String channel) {
    return channel.startsWith(RESERVED);
  }

  /** Whether an application may subscribe somebody to the channel. */
  boolean isGrantable(String channel) {
    return !isReserved(channel) && of(channel) != null;
  }

  /** Whether the name takes too many bytes. */
  boolean tooLong(String channel) {
    return Utf8.length(channel) > maxLength;
  }

  /** Whether the namespace allows this name for one of its channels. */
  boolean wellNamed(Namespace namespace, String channel) {
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
