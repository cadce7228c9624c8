package dev.millrace.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** One of a few words, each the name of an enum's constant in lower case. */
final class Choice<E extends Enum<E>> implements ITypeConverter<E> {
  private final Class<E> type;

  Choice(Class<E> type) {
    this.type = type;
  }

  @Override
  public E convert(String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> word(constant).equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException("'" + text + "' is not one of: " + words()));
  }

  private String words() {
    return Arrays.stream(type.getEnumConstants()).map(this::word).collect(Collectors.joining(", "));
  }

  private String word(E constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
