package dev.carillon.launch.settings;

import dev.carillon.config.Option;
import dev.carillon.config.Section;

/** Options of the demonstration. */
@Section(value = "demo", doc = "The chat page for guests.")
public record DemoOptions(
    @Option(
            value = "false",
            doc =
                "Whether guests get a token for the chat page and the namespace `chat` exists."
                    + " True when there is no configuration file.",
            why = "A first start has to show something; a configured node must not let guests in.")
        boolean enabled) {}
