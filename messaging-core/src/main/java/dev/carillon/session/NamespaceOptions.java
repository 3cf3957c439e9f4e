package dev.carillon.session;

import dev.carillon.config.ConfigException;
import dev.carillon.config.Option;
import dev.carillon.config.OptionReader;
import dev.carillon.config.Section;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What the channels of one namespace offer, and to whom. Everything is off until it is set. */
public record NamespaceOptions(
    @Option(
            doc = "Text before the first colon of a channel; empty in without_namespace.",
            why = "A namespace without a name could not be found.")
        String name,
    @Option(
            value = "false",
            doc = "Keep who is subscribed.",
            why = "Costs one write to the cluster for each subscribe.")
        boolean presence,
    @Option(
            value = "false",
            doc = "Publish a join when a client subscribes and a leave when it is gone.",
            why = "In a large channel every coming and going is sent to everybody.")
        boolean joinLeave,
    @Option(
            value = "false",
            doc = "Send joins and leaves to every subscriber, asked for or not.",
            why = "SDKs ask for them when they want them.")
        boolean forcePushJoinLeave,
    @Option(
            value = "0",
            min = "0",
            max = "100000",
            doc = "Publications kept for each channel; set together with history_ttl.",
            why = "History takes memory of the cluster.")
        int historySize,
    @Option(
            value = "0s",
            doc = "Time for which a publication is kept; set together with history_size.",
            why = "History takes memory of the cluster.")
        Duration historyTtl,
    @Option(
            value = "0s",
            doc = "Time for which offset and epoch outlive the last publication; 0s: channel's.",
            why = "One time for all is enough for most.")
        Duration historyMetaTtl,
    @Option(
            value = "false",
            doc = "Check for every subscription that nothing is missing; needs history.",
            why = "SDKs ask for it when they want it.")
        boolean forcePositioning,
    @Option(
            value = "false",
            doc = "Let clients ask for that check.",
            why = "Who may read history may ask for it anyway.")
        boolean allowPositioning,
    @Option(
            value = "false",
            doc = "Let every subscription recover what it missed; needs history.",
            why = "SDKs ask for it when they want it.")
        boolean forceRecovery,
    @Option(
            value = "false",
            doc = "Let clients ask for recovery.",
            why = "Who may read history may ask for it anyway.")
        boolean allowRecovery,
    @Option(
            value = "stream",
            doc = "What recovery brings: stream (all that was missed), cache (only the newest).",
            why = "Only who wants nothing but the present state is served by the other one.")
        RecoveryMode forceRecoveryMode,
    @Option(
            value = "false",
            doc = "Recover every subscription, asked for or not; needs mode cache.",
            why = "SDKs ask for it when they want it.")
        boolean autoCacheRecover,
    @Option(
            value = "[]",
            doc = "Kinds of delta compression that clients may ask for: fossil.",
            why = "Costs memory and time where payloads do not resemble each other.")
        List<String> allowedDeltaTypes,
    @Option(
            value = "false",
            doc = "Send all publications as deltas to those who asked for them.",
            why = "As for allowed_delta_types.")
        boolean deltaPublish,
    @Option(
            value = "false",
            doc = "Let clients choose by a filter of tags which publications they get.",
            why = "A filter is looked at for each publication and subscriber.")
        boolean allowTagsFilter,
    @Option(
            value = "false",
            doc = "Let every client with a user subscribe.",
            why = "Who may subscribe is said by tokens.")
        boolean allowSubscribeForClient,
    @Option(
            value = "false",
            doc = "With allow_subscribe_for_client: let clients without a user subscribe too.",
            why = "Nobody knows who they are.")
        boolean allowSubscribeForAnonymous,
    @Option(
            value = "false",
            doc = "Let subscribers with a user publish.",
            why = "What is published by clients is not checked by the application.")
        boolean allowPublishForSubscriber,
    @Option(
            value = "false",
            doc = "Let every client with a user publish, subscribed or not.",
            why = "What is published by clients is not checked by the application.")
        boolean allowPublishForClient,
    @Option(
            value = "false",
            doc = "With one of the two before: let clients without a user publish too.",
            why = "Nobody knows who they are.")
        boolean allowPublishForAnonymous,
    @Option(
            value = "false",
            doc = "Let subscribers with a user read history.",
            why = "History may be older than the right to subscribe.")
        boolean allowHistoryForSubscriber,
    @Option(
            value = "false",
            doc = "Let every client with a user read history, subscribed or not.",
            why = "History may be older than the right to subscribe.")
        boolean allowHistoryForClient,
    @Option(
            value = "false",
            doc = "With one of the two before: let clients without a user read history too.",
            why = "Nobody knows who they are.")
        boolean allowHistoryForAnonymous,
    @Option(
            value = "false",
            doc = "Let subscribers with a user ask who is there.",
            why = "Who is there may be nobody's business.")
        boolean allowPresenceForSubscriber,
    @Option(
            value = "false",
            doc = "Let every client with a user ask who is there, subscribed or not.",
            why = "Who is there may be nobody's business.")
        boolean allowPresenceForClient,
    @Option(
            value = "false",
            doc = "With one of the two before: let clients without a user ask too.",
            why = "Nobody knows who they are.")
        boolean allowPresenceForAnonymous,
    @Option(
            value = "false",
            doc = "Let only users subscribe who are listed after the last # of a channel.",
            why = "A # is an ordinary character elsewhere.")
        boolean allowUserLimitedChannels,
    @Option(
            doc = "Pattern for the part of a channel after the namespace; empty: ASCII only.",
            why = "Names of ASCII are safe in every log and every tool.")
        String channelRegex,
    @Option(
            doc = "What clients may publish: empty (not nothing), json, json_object, binary.",
            why = "Clients that talk JSON publish JSON anyway, others know who reads them.")
        String publicationDataFormat) {

  /** The one kind of delta compression. */
  static final String DELTA = "fossil";

  private static final Pattern NAME = Pattern.compile("[-a-zA-Z0-9_.]{2,}");

  public NamespaceOptions {
    allowedDeltaTypes = List.copyOf(allowedDeltaTypes);
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
    if (autoCacheRecover && (!forceRecovery || forceRecoveryMode != RecoveryMode.CACHE)) {
      throw new ConfigException(
          "auto_cache_recover", true, "force_recovery and force_recovery_mode: cache as well");
    }
    if (!Set.of(DELTA).containsAll(allowedDeltaTypes)) {
      throw new ConfigException("allowed_delta_types", allowedDeltaTypes, DELTA);
    }
    checkFormat(publicationDataFormat);
    try {
      Pattern.compile(channelRegex);
    } catch (PatternSyntaxException malformed) {
      throw new ConfigException("channel_regex", channelRegex, "a regular expression");
    }
  }

  static void checkFormat(String publicationDataFormat) {
    if (!Set.of("", "json", "json_object", "binary").contains(publicationDataFormat)) {
      throw new ConfigException(
          "publication_data_format", publicationDataFormat, "json, json_object, binary or nothing");
    }
  }

  /** A namespace of our own with these keys. */
  static NamespaceOptions of(Map<String, Object> keys) {
    return OptionReader.read(Own.class, Map.of("namespaces", List.of(keys))).namespaces().get(0);
  }

  @Section("own_channel")
  private record Own(@Option(doc = "One namespace.") List<NamespaceOptions> namespaces) {}
}
