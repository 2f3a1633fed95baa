package workqueue.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import workqueue.configuration.GateFileDraft;
import workqueue.configuration.Parameter;
import workqueue.gate.Suggestion;
import workqueue.history.HistoryFile;
import workqueue.history.HistoryFiles;
import workqueue.history.UnreadableHistory;

/** Holds a worker against the rules; or looks what it asks for, and writes that down. */
final class GateCommand extends SuiteCommand {
  private static final String USUAL = "work-queue.yaml";

  /** What the gate looks at before its trials. */
  private static final String LOOK = "gate.preflight";

  @Option(
      names = "--suggest",
      arity = "0..1",
      fallbackValue = USUAL,
      paramLabel = "<file>",
      description =
          "Runs the worker once, and writes what it was seen to ask for into <file> ("
              + USUAL
              + "), which must not be there yet")
  private Path suggested;

  GateCommand() {
    super(List.of("workqueue.GateIT", "workqueue.CostIT"));
  }

  @Override
  Map<String, String> parameters() {
    Map<String, String> given = super.parameters();
    if (suggested == null) {
      return given;
    }
    if (Files.exists(suggested)) {
      throw new ParameterException(
          spec().commandLine(),
          "--suggest=%s: the file is there, and nothing is overwritten. Name another: --suggest=<file>."
              .formatted(suggested));
    }
    if (!Files.isDirectory(suggested.toAbsolutePath().getParent())) {
      throw new ParameterException(
          spec().commandLine(),
          "--suggest=%s: there is no folder %s to write the file into."
              .formatted(suggested, suggested.toAbsolutePath().getParent()));
    }
    Map<String, String> once = new TreeMap<>(given);
    once.putIfAbsent(Parameter.SCENARIO.key(), LOOK);
    return once;
  }

  @Override
  int run(Map<String, String> given, Path folder) {
    int code = super.run(given, folder);
    if (suggested != null) {
      suggest(given, folder);
    }
    return code;
  }

  /** Writes what the worker declared and was seen to ask for into the file that was named. */
  void suggest(Map<String, String> given, Path folder) {
    Set<String> seen = new LinkedHashSet<>();
    for (Path each : HistoryFiles.in(folder.resolve("histories"))) {
      try {
        seen.addAll(Suggestion.of(HistoryFile.read(each)));
      } catch (UnreadableHistory cutOff) {
        say(cutOff.getMessage());
      }
    }
    GateFileDraft draft = new GateFileDraft(given, suggested);
    seen.forEach(draft::add);
    if (draft.isEmpty()) {
      say(
          "Nothing was seen that the worker asks for, and nothing was declared: "
              + suggested
              + " is not written.");
      return;
    }
    write(draft);
    say(
        "Written: "
            + suggested
            + (seen.isEmpty()
                ? ", what was declared; nothing was seen that the worker asks for besides"
                : ""));
    draft.lines().forEach(line -> say("  " + line));
    draft.leftOut().forEach(key -> say("Left out, as it is secret: " + key));
    say(
        "Next: java -jar work-queue.jar gate"
            + (suggested.toString().equals(USUAL) ? "" : " --gate-file=" + suggested));
  }

  private void write(GateFileDraft draft) {
    try {
      Files.write(suggested, draft.lines());
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  private void say(String line) {
    spec().commandLine().getOut().println(line);
  }
}
