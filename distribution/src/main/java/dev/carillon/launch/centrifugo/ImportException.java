package dev.carillon.launch.centrifugo;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that asks for what Carillon can't do. The message has a line for each option. */
public final class ImportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ImportException(String file, List<Refusal> refused) {
    super(
        refused.stream()
            .map(refusal -> "\n  " + refusal.line())
            .collect(
                Collectors.joining(
                    "",
                    file
                        + ": "
                        + options(refused.size())
                        + " can't be taken over (expected: none, or --ignore-unsupported):",
                    "")));
  }

  private static String options(int count) {
    return count == 1 ? "1 option" : count + " options";
  }
}
