package workqueue.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import workqueue.configuration.Parameter;

/** Each parameter as an option of the same name: {@code wq.a.b} is {@code --a-b}. */
final class Options {
  /** What the option of a parameter is also called. */
  private static final Map<Parameter, String> ALIASES = Map.of(Parameter.CLUSTER, "--context");

  private static final List<Parameter> LONGEST_FIRST =
      Arrays.stream(Parameter.values())
          .sorted(Comparator.comparing((Parameter each) -> each.key().length()).reversed())
          .toList();

  private Options() {}

  /** The option's name. */
  static String of(Parameter parameter) {
    return "--" + parameter.key().substring(Parameter.PREFIX.length()).replace('.', '-');
  }

  /** Gives a command the options of these parameters. */
  static void add(CommandSpec command, Predicate<Parameter> wanted) {
    for (Parameter parameter : Parameter.values()) {
      if (wanted.test(parameter)) {
        OptionSpec.Builder option =
            OptionSpec.builder(of(parameter))
                .type(String.class)
                .paramLabel("<value>")
                .description(
                    escaped(named(parameter.meaning()))
                        + parameter
                            .defaultText()
                            .map(text -> " (" + escaped(text) + ")")
                            .orElse(""));
        if (ALIASES.containsKey(parameter)) {
          option.names(of(parameter), ALIASES.get(parameter));
        }
        command.addOption(option.build());
      }
    }
  }

  /** Picocli formats descriptions. */
  private static String escaped(String text) {
    return text.replace("%", "%%");
  }

  /** The parameters that were given, by their names; an option wins over a system property. */
  static Map<String, String> given(ParseResult parsed) {
    Map<String, String> given = new TreeMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(Parameter.PREFIX)) {
        given.put(name, System.getProperty(name));
      }
    }
    for (Parameter parameter : Parameter.values()) {
      if (parsed.hasMatchedOption(of(parameter))) {
        given.put(parameter.key(), parsed.matchedOptionValue(of(parameter), ""));
      }
    }
    return given;
  }

  /** The text with its parameters and scripts named as somebody at this command line knows them. */
  static String named(String text) {
    String named = text;
    for (Parameter parameter : LONGEST_FIRST) {
      named =
          named.replaceAll(
              "(?<![\\w.-])(?:-D)?" + parameter.key().replace(".", "\\.") + "(?![.-]?\\w)",
              of(parameter));
    }
    return named
        .replaceAll("\\bfixtures/bootstrap\\b", "java -jar work-queue.jar bootstrap")
        .replace("mvn verify -Pjudge --history=", "java -jar work-queue.jar judge ")
        .replace("mvn verify -Poutcome", "java -jar work-queue.jar walkthrough");
  }
}
