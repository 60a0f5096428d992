namespace MemU.Tests.Architecture;

public sealed class CodeTextTests
{
    [Theory]
    [InlineData("a // b", "a ")]
    [InlineData("a /* b\nc */ d", "a \n d")]
    [InlineData("f(\"x // y\") + g", "f() + g")]
    [InlineData("f(\"\\\"\") + g", "f() + g")]
    [InlineData("f(@\"a\"\"b\\\") + g", "f(@) + g")]
    [InlineData("f(\"\"\"\na \"quoted\" // word\n\"\"\") + g", "f(\n\n) + g")]
    [InlineData("f('\"', '\\'') + g", "f(, ) + g")]
    public void Comments_and_strings_are_taken_out_of_code(string source, string code) => Assert.Equal(code, CodeText.Strip(source));
}
