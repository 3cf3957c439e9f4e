package dev.carillon.session;

import dev.carillon.config.ConfigException;
import dev.carillon.config.Option;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What the channels of one namespace offer, and to whom. Everything is off until it is set. */
public record NamespaceOptions(
    @Option(doc = "Text before the first colon of a channel; empty in without_namespace.")
        String name,
    @Option(value = "false", doc = "Keep who is subscribed.") boolean presence,
    @Option(value = "false", doc = "Emit join and leave.") boolean joinLeave,
    @Option(value = "false", doc = "Send joins and leaves to every subscriber, asked for or not.")
        boolean forcePushJoinLeave,
    @Option(
            value = "0",
            min = "0",
            max = "100000",
            doc = "Publications kept for each channel; set together with history_ttl.")
        int historySize,
    @Option(
            value = "0s",
            doc = "Time for which a publication is kept; set together with history_size.")
        Duration historyTtl,
    @Option(
            value = "0s",
            doc = "Time for which offset and epoch outlive the last publication; 0s: as channel's.")
        Duration historyMetaTtl,
    @Option(value = "false", doc = "Every subscription has a position; needs history.")
        boolean forcePositioning,
    @Option(value = "false", doc = "A subscription may ask for a position.")
        boolean allowPositioning,
    @Option(value = "false", doc = "Every subscription recovers what it missed; needs history.")
        boolean forceRecovery,
    @Option(value = "false", doc = "A subscription may ask for recovery.") boolean allowRecovery,
    @Option(value = "false", doc = "Clients with a user may subscribe.")
        boolean allowSubscribeForClient,
    @Option(value = "false", doc = "Anonymous clients too.") boolean allowSubscribeForAnonymous,
    @Option(value = "false", doc = "Subscribers may publish.") boolean allowPublishForSubscriber,
    @Option(value = "false", doc = "Clients with a user may publish, subscribed or not.")
        boolean allowPublishForClient,
    @Option(value = "false", doc = "Anonymous clients too.") boolean allowPublishForAnonymous,
    @Option(value = "false", doc = "Subscribers may read history.")
        boolean allowHistoryForSubscriber,
    @Option(value = "false", doc = "Clients with a user may read history, subscribed or not.")
        boolean allowHistoryForClient,
    @Option(value = "false", doc = "Anonymous clients too.") boolean allowHistoryForAnonymous,
    @Option(value = "false", doc = "Subscribers may ask who is there.")
        boolean allowPresenceForSubscriber,
    @Option(value = "false", doc = "Clients with a user may ask who is there, subscribed or not.")
        boolean allowPresenceForClient,
    @Option(value = "false", doc = "Anonymous clients too.") boolean allowPresenceForAnonymous,
    @Option(
            value = "false",
            doc = "The text after the last # names the users who alone may subscribe.")
        boolean allowUserLimitedChannels,
    @Option(doc = "Pattern to be found in the part of a channel after the namespace; empty: ASCII.")
        String channelRegex,
    @Option(doc = "What may be published: empty (anything but nothing), json, json_object, binary.")
        String publicationDataFormat) {

  private static final Pattern NAME = Pattern.compile("[-a-zA-Z0-9_.]{2,}");

  public NamespaceOptions {
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      throw new ConfigException("name", name, "at least two of a-z A-Z 0-9 - _ .");
    }
    if (historySize > 0 != historyTtl.compareTo(Duration.ZERO) > 0) {
      throw new ConfigException("history_size", historySize, "with history_ttl, both or neither");
    }
    if ((forceRecovery || forcePositioning) && historySize == 0) {
      String key = forceRecovery ? "force_recovery" : "force_positioning";
      throw new ConfigException(key, true, "history_size and history_ttl as well");
    }
    if (!Set.of("", "json", "json_object", "binary").contains(publicationDataFormat)) {
      throw new ConfigException(
          "publication_data_format", publicationDataFormat, "json, json_object, binary or nothing");
    }
    try {
      Pattern.compile(channelRegex);
    } catch (PatternSyntaxException malformed) {
      throw new ConfigException("channel_regex", channelRegex, "a regular expression");
    }
  }
}
