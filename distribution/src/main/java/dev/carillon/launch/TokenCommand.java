package dev.carillon.launch;

import dev.carillon.channel.Bytes;
import dev.carillon.config.Durations;
import dev.carillon.launch.local.Secrets;
import dev.carillon.launch.local.StateDirectory;
import dev.carillon.launch.settings.Configuration;
import dev.carillon.launch.settings.GlobalOptions;
import dev.carillon.launch.settings.SecretSettings;
import dev.carillon.session.ClientOptions;
import dev.carillon.token.TokenIssuer;
import dev.carillon.token.TokenOptions;
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

  @Option(names = "--user", required = true, paramLabel = "NAME", description = "The user's id.")
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
      description = "How long it is valid (default: 1h).")
  private Duration ttl = Duration.ofHours(1);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    var issuer = new TokenIssuer(tokens(Configuration.load(settings.sources(Map.of()))));
    long now = Instant.now().getEpochSecond();
    var shown = info == null ? Bytes.EMPTY : info(info);
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

  /** With the secret that nodes make for themselves when none is configured. */
  private static TokenOptions tokens(Configuration configuration) {
    if (configuration.isSet(SecretSettings.TOKEN_KEY)) {
      return configuration.options(ClientOptions.class).token();
    }
    var state = StateDirectory.open(configuration.options(GlobalOptions.class).stateDirectory());
    var made = new Secrets(state).tokenKey();
    return configuration
        .with(SecretSettings.TOKEN_KEY, made, Secrets.TOKEN_KEY)
        .options(ClientOptions.class)
        .token();
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
