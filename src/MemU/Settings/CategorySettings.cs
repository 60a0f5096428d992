namespace MemU.Settings;

/// <summary>One configured category.</summary>
public sealed class CategorySettings
{
    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>What belongs in it.</summary>
    public string Description { get; set; } = "";
}
