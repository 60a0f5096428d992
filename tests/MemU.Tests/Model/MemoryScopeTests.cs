namespace MemU.Tests.Model;

public sealed class MemoryScopeTests
{
    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\0b")]
    [InlineData("line\nbreak")]
    [InlineData("\ud800")]
    public void A_bad_id_is_refused_by_name(string id)
    {
        var error = Assert.Throws<ArgumentException>(() => new MemoryScope(user: id));
        Assert.Contains("user id", error.Message);
    }

    [Fact]
    public void An_id_of_255_characters_is_allowed_and_one_more_is_not()
    {
        Assert.Equal(255, new MemoryScope(new string('x', 255)).User.Length);
        Assert.Throws<ArgumentException>(() => new MemoryScope(new string('x', 256)));
    }

    [Fact]
    public void Ids_that_differ_in_case_only_are_different_spaces()
    {
        Assert.NotEqual(new MemoryScope("alice"), new MemoryScope("Alice"));
        Assert.NotEqual(new MemoryScope("alice").Key, new MemoryScope("Alice").Key);
    }

    [Fact]
    public void The_parts_of_a_key_cannot_be_shifted_into_each_other() =>
        Assert.NotEqual(new MemoryScope("a", "bc").Key, new MemoryScope("ab", "c").Key);
}
