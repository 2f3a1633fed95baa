package workqueue.report.page;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import workqueue.Redaction;

/** An SVG while it is written: what is text in it stays text, without passwords. */
final class Svg {
  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter xml;

  Svg() {
    try {
      xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Begins an element.
   *
   * @param attributes names and values in turn; a number is rounded to the tenth, and one that is
   *     null is left out
   */
  Svg begin(String element, Object... attributes) {
    return write(
        () -> {
          xml.writeStartElement(element);
          attributes(attributes);
        });
  }

  /** Ends the element that was begun last, and its line. */
  Svg end() {
    return write(
        () -> {
          xml.writeEndElement();
          xml.writeCharacters("\n");
        });
  }

  /** An element without content, with its attributes as in {@link #begin}. */
  Svg empty(String element, Object... attributes) {
    return write(
        () -> {
          xml.writeEmptyElement(element);
          attributes(attributes);
          xml.writeCharacters("\n");
        });
  }

  /** An element that holds text, with its attributes as in {@link #begin}. */
  Svg text(String content, String element, Object... attributes) {
    begin(element, attributes);
    write(() -> xml.writeCharacters(legal(Redaction.redact(content))));
    return end();
  }

  /** Ends the line. */
  Svg line() {
    return write(() -> xml.writeCharacters("\n"));
  }

  /** What was written. */
  String written() {
    write(xml::flush);
    return text.toString();
  }

  private void attributes(Object... attributes) throws XMLStreamException {
    for (int i = 0; i < attributes.length; i += 2) {
      Object value = attributes[i + 1];
      if (value != null) {
        xml.writeAttribute(
            (String) attributes[i],
            value instanceof Double number ? number(number) : legal(value.toString()));
      }
    }
  }

  /** A coordinate, to the tenth: finer than anything is seen. */
  static String number(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** XML has no way to write some characters at all; they are seen as such. */
  private static String legal(String content) {
    StringBuilder legal = new StringBuilder(content.length());
    content
        .codePoints()
        .map(
            each ->
                each == '\t' || each == '\n' || each == '\r'
                    ? ' '
                    : each < 0x20
                            || (each >= 0x7f && each < 0xa0)
                            || (each >= 0xd800 && each < 0xe000)
                            || (each & 0xfffe) == 0xfffe
                        ? 0xfffd
                        : each)
        .forEach(legal::appendCodePoint);
    return legal.toString();
  }

  /** What is written; in memory nothing goes wrong. */
  @FunctionalInterface
  private interface Writing {
    void run() throws XMLStreamException;
  }

  private Svg write(Writing writing) {
    try {
      writing.run();
      return this;
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
