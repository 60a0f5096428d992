namespace MemU.Tests.Architecture;

/// <summary>Asserts that nothing breaks a rule, and shows everything that does.</summary>
internal static class Rule
{
    public static void HasNoBreach<T>(IEnumerable<T> breaches)
    {
        var lines = string.Join("\n  ", breaches);
        Assert.True(lines.Length == 0, "The rule is broken by:\n  " + lines);
    }
}
