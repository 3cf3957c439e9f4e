package dev.carillon.session;

import dev.carillon.config.ConfigException;
import dev.carillon.config.Option;
import dev.carillon.config.Section;
import dev.carillon.token.TokenOptions;
import java.time.Duration;
import java.util.List;

/** Limits, timers and rights of a client's connection. */
@Section(value = "client", doc = "Connections of clients: limits, timers, tokens.")
public record ClientOptions(
    @Option(
            value = "25s",
            min = "1s",
            max = "1h",
            doc = "Time between two pings of the server.",
            why = "Shorter than the 30 s after which many proxies cut a silent connection.")
        Duration pingInterval,
    @Option(
            value = "8s",
            min = "100ms",
            max = "1h",
            doc = "Time in which a client must answer a ping; later: 3012.",
            why = "A mobile network may need seconds; must be shorter than ping_interval.")
        Duration pongTimeout,
    @Option(
            value = "10s",
            min = "100ms",
            max = "1h",
            doc = "Time in which a new connection must authenticate; later: 3502.",
            why = "A token is fetched before connecting, so a slow network is the only excuse.")
        Duration staleCloseDelay,
    @Option(
            value = "25s",
            max = "24h",
            doc = "Time after the expiry of its token in which a client may refresh; then 3005.",
            why = "Fetching a token may need several attempts.")
        Duration expiredCloseDelay,
    @Option(
            value = "25s",
            max = "24h",
            doc = "The same for the token of a subscription; then it is removed with 2501.",
            why = "As for connections.")
        Duration expiredSubCloseDelay,
    @Option(
            value = "128",
            min = "1",
            max = "65536",
            doc = "Channels that one client may be subscribed to; beyond: 106, at connect 3505.",
            why = "Enough for every page, and bounds what one client costs.")
        int channelLimit,
    @Option(
            value = "1048576",
            min = "4096",
            doc = "Bytes that may wait for a slow client; beyond: 3008.",
            why = "Seconds of a busy channel, and 10,000 slow clients still fit into memory.")
        int queueMaxSize,
    @Option(
            value = "4096",
            min = "16",
            max = "65536",
            doc = "Commands that may wait behind an unfinished one; beyond: 3501.",
            why = "Reading stops at 64 of them, but a frame of 64 KiB that is here is kept.")
        int commandQueueMaxSize,
    @Option(
            value = "300",
            min = "1",
            max = "10000",
            doc = "Publications in one answer to a history command at most.",
            why = "An answer stays a few 100 KB.")
        int historyMaxPublicationLimit,
    @Option(
            value = "300",
            min = "1",
            max = "10000",
            doc = "Missed publications that a subscribe can recover; beyond: not recovered.",
            why = "Who missed more is better served by loading its state anew.")
        int recoveryMaxPublicationLimit,
    @Option(
            value = "100",
            min = "1",
            max = "10000",
            doc = "Nodes and values of a tags filter at most; beyond: error 107.",
            why = "All of it may be looked at for each publication.")
        int tagsFilterMaxSize,
    @Option(
            value = "0",
            min = "0",
            max = "1024",
            doc = "Commands of one client that are worked on at once; 0 or 1: one after the other.",
            why = "Who sends two commands expects the first to happen first.")
        int concurrency,
    @Option(
            value = "0",
            min = "0",
            doc = "Connections of one user to this node at most; beyond: 3504. 0: no limit.",
            why = "A user may have many tabs, and the token of one user may serve a whole program.")
        int userConnectionLimit,
    @Option(
            value = "0",
            min = "0",
            doc = "Connections to this node at most; beyond: HTTP 503. 0: no limit.",
            why = "The limit of open files is set by the operating system.")
        int connectionLimit,
    @Option(
            value = "0",
            min = "0",
            doc =
                "New connections to this node in a second at most; beyond: HTTP 503. 0: no limit.",
            why = "SDKs spread a storm by themselves, and how much a machine takes differs.")
        int connectionRateLimit,
    @Option(
            value = "0",
            min = "0",
            doc =
                "Connections of one address (IPv6: one /64) to this node at most; beyond: HTTP"
                    + " 429. 0: no limit.",
            why = "Behind a proxy or the gateway of a company thousands share an address.")
        int addressConnectionLimit,
    @Option(
            value = "0",
            min = "0",
            doc =
                "New connections of one address (IPv6: one /64) to this node in a second at most;"
                    + " beyond: HTTP 429. 0: no limit.",
            why = "As for address_connection_limit.")
        int addressConnectionRateLimit,
    @Option(
            doc =
                "HTTP header in which a proxy in front of the node says which user connects; such"
                    + " a client needs no token. The proxy must remove what clients send in it.",
            why = "Without a proxy every client could say that it is anybody.")
        String userIdHttpHeader,
    @Option(
            value = "0s",
            max = "24h",
            doc =
                "Time that a publication may take to the subscribers that follow a position;"
                    + " later: 2500 or 3010, and they recover it. 0s: no limit.",
            why = "Late is better than again, and the clocks of nodes may differ.")
        Duration channelPositionMaxTimeLag,
    @Option(
            value = "[]",
            doc =
                "Origins of other sites whose pages may connect, for example https://*.example.com.",
            why = "The cluster's own pages may always connect.")
        List<String> allowedOrigins,
    @Option(
            value = "false",
            doc =
                "Connect without a token and do everything that channels offer: development only.",
            why = "Nobody shall run an open server without asking for it.")
        boolean insecure,
    @Option(
            value = "false",
            doc = "Accept clients without a token, as anonymous.",
            why = "Who may connect is said by tokens.")
        boolean allowAnonymousConnectWithoutToken,
    @Option(
            value = "false",
            doc = "Refuse tokens with an empty sub claim: 3507.",
            why = "Who signs a token for an anonymous client means it.")
        boolean disallowAnonymousConnectionTokens,
    @Option(
            value = "false",
            doc = "Tell the time of the server in the reply to a connect.",
            why = "Few programs need it.")
        boolean connectIncludeServerTime,
    @Option(doc = "A channel of its own for each user, subscribed to by connecting.")
        PersonalChannelOptions subscribeToUserPersonalChannel,
    @Option(doc = "How tokens are checked.") TokenOptions token,
    @Option(doc = "The same for subscription tokens, when they have keys of their own.")
        TokenOptions subscriptionToken) {

  public ClientOptions {
    allowedOrigins = List.copyOf(allowedOrigins);
    if (pongTimeout.compareTo(pingInterval) >= 0) {
      throw new ConfigException("pong_timeout", pongTimeout, "less than client.ping_interval");
    }
  }
}
