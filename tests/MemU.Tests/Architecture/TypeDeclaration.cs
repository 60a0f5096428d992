namespace MemU.Tests.Architecture;

/// <summary>A type as a source file declares it.</summary>
/// <param name="Name">Its name without type parameters.</param>
/// <param name="Kind"><c>class</c>, <c>record</c>, <c>struct</c>, <c>interface</c>, <c>enum</c> or <c>delegate</c>.</param>
/// <param name="Modifiers">The words before the kind.</param>
/// <param name="IsNested">Whether it stands inside another type.</param>
internal sealed record TypeDeclaration(string Name, string Kind, string Modifiers, bool IsNested)
{
    public bool MayBeInherited =>
        Kind is "class" or "record" && !Modifiers.Split(' ').Any(m => m is "sealed" or "static" or "abstract");
}
