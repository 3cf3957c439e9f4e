package dev.carillon.launch;

import dev.carillon.channel.Bytes;
import dev.carillon.config.Durations;
import dev.carillon.launch.local.LaunchException;
import dev.carillon.launch.local.Secrets;
import dev.carillon.launch.local.StateDirectory;
import dev.carillon.launch.settings.Configuration;
import dev.carillon.launch.settings.GlobalOptions;
import dev.carillon.session.ClientOptions;
import dev.carillon.token.TokenIssuer;
import dev.carillon.token.TokenOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Prints a token that a client of this node's cluster can connect or subscribe with. */
@Command(
    name = "token",
    description = "Prints a client token (HS256), signed with the secret of this node.")
final class TokenCommand implements Runnable {
  @Mixin private final HelpOption help = new HelpOption();

  @Mixin private final SettingsArguments settings = new SettingsArguments();

  @Option(
      names = "--user",
      required = true,
      paramLabel = "NAME",
      description = "The user's id; '' makes a token of an anonymous user.")
  private String user = "";

  @Option(
      names = "--info",
      paramLabel = "JSON",
      description = "Shown to others with what the user does, for example {\"name\":\"Ada\"}.")
  private @Nullable String info;

  @Option(
      names = "--channel",
      paramLabel = "CHANNEL",
      description = "Makes a subscription token for this channel.")
  private @Nullable String channel;

  @Option(
      names = "--ttl",
      paramLabel = "DURATION",
      converter = Ttl.class,
      description = "How long it is valid (default: 1h); 0s: for ever.")
  private Duration ttl = Duration.ofHours(1);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    if (channel != null && channel.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--channel '' (expected: the name of a channel)");
    }
    var shown = info == null ? Bytes.EMPTY : info(info);
    var issuer = new TokenIssuer(tokens());
    long now = Instant.now().getEpochSecond();
    var token =
        channel == null
            ? issuer.connection(user, shown, ttl, now)
            : issuer.subscription(user, channel, shown, ttl, now);
    spec.commandLine().getOut().println(token);
  }

  private Bytes info(String json) {
    if (!InfoJson.isObject(json)) {
      throw new ParameterException(
          spec.commandLine(), "--info " + json + " (expected: a JSON object)");
    }
    return Bytes.utf8(json);
  }

  /** What checks such a token: the keys for subscriptions, if there are any of their own. */
  private TokenOptions tokens() {
    var configured = Configuration.load(settings.sources(Map.of()));
    var state = StateDirectory.open(configured.options(GlobalOptions.class).stateDirectory());
    var key = state.path().resolve(Secrets.TOKEN_KEY);
    boolean found = !StateDirectory.read(key).isEmpty();
    var secrets = OwnSecrets.in(state, configured);
    var client = secrets.configuration().options(ClientOptions.class);
    boolean own = channel != null && client.subscriptionToken().hasKeys();
    var tokens = own ? client.subscriptionToken() : client.token();
    if (tokens.hmacSecretKey().isEmpty()) {
      throw new LaunchException(
          "client."
              + (own ? "subscription_token" : "token")
              + ".hmac_secret_key is not set (expected: a secret to sign with; public keys check"
              + " the tokens of others)");
    }
    if (!own && !found && secrets.files().contains(key)) {
      tellOfNewKey(key);
    }
    return tokens;
  }

  /** The likeliest reason for a token that no node accepts: it was made in another directory. */
  private void tellOfNewKey(Path key) {
    spec.commandLine()
        .getErr()
        .println(
            key
                + " was made just now: nodes started from here accept this token, a node that runs"
                + " elsewhere has another secret");
  }

  /** Durations are written as in the configuration. */
  static final class Ttl implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return Durations.parse(text);
      } catch (IllegalArgumentException wrong) {
        throw new TypeConversionException(String.valueOf(wrong.getMessage()));
      }
    }
  }
}
