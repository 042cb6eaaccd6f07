// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/housestyle.h"

#include "ui/widgets/stylepainting.h"
#include "ui/widgets/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QPainter>
#include <QPlainTextEdit>
#include <QStyleOption>

using namespace Qt::StringLiterals;
using namespace stylepainting;

namespace {

constexpr int scrollBarExtent = 12;
constexpr int shortestSlider = 28;
constexpr int cellPadding = 10;
constexpr int arrowSize = 8;

} // namespace

HouseStyle::HouseStyle()
    : QProxyStyle(u"fusion"_s)
{
}

void HouseStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
    const QWidget *widget) const
{
    switch (element) {
    case PE_PanelItemViewRow:
        return; // each item paints its own, with the bar in the first
    case PE_PanelItemViewItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            if (item->backgroundBrush.style() != Qt::NoBrush)
                painter->fillRect(item->rect, item->backgroundBrush);
            // A table view does not say where in its row an item stands.
            const bool isFirst = item->viewItemPosition == QStyleOptionViewItem::Invalid
                ? item->index.column() == 0
                : item->viewItemPosition == QStyleOptionViewItem::Beginning
                    || item->viewItemPosition == QStyleOptionViewItem::OnlyOne;
            paintSelection(*item, painter, isFirst);
            return;
        }
        break;
    case PE_PanelButtonCommand:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            paintButton(*button, painter);
            return;
        }
        break;
    case PE_PanelButtonTool:
        paintToolButton(*option, painter);
        return;
    case PE_FrameLineEdit:
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option)) {
            if (frame->lineWidth > 0)
                paintField(*option, painter);
            else if (element == PE_PanelLineEdit)
                painter->fillRect(option->rect, option->palette.color(QPalette::Base));
            return;
        }
        break;
    case PE_IndicatorCheckBox:
    case PE_IndicatorRadioButton:
        paintMark(*option, painter, element == PE_IndicatorRadioButton);
        return;
    case PE_Frame:
        if (qobject_cast<const QAbstractScrollArea *>(widget)) {
            const theme::Tokens &t = theme::tokens(option->palette);
            const bool isView = qobject_cast<const QAbstractItemView *>(widget); // else a text
            painter->setPen(isView ? t.line : option->state.testFlag(State_HasFocus) ? t.accent : t.border);
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
            return;
        }
        break;
    case PE_FrameTabWidget:
    case PE_FrameStatusBarItem:
    case PE_FrameFocusRect:
    case PE_FrameDefaultButton:
        return;
    case PE_FrameTabBarBase:
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
            theme::tokens(option->palette).line);
        return;
    case PE_IndicatorDockWidgetResizeHandle:
        painter->fillRect(option->rect, theme::tokens(option->palette).line);
        return;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void HouseStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
    const QWidget *widget) const
{
    switch (element) {
    case CE_ItemViewItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            QStyleOptionViewItem plain(*item); // on a tint the text keeps its colour
            plain.palette.setColor(QPalette::HighlightedText, plain.palette.color(QPalette::Text));
            QProxyStyle::drawControl(element, &plain, painter, widget);
            if (item->state.testFlag(State_HasFocus) && item->state.testFlag(State_KeyboardFocusChange)) {
                painter->setPen(theme::tokens(item->palette).accent);
                painter->setBrush(Qt::NoBrush);
                painter->drawRect(item->rect.adjusted(0, 0, -1, -1));
            }
            return;
        }
        break;
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            QStyleOptionButton label(*button);
            if (button->features.testFlag(QStyleOptionButton::DefaultButton)
                && button->state.testFlag(State_Enabled)) {
                label.palette.setColor(
                    QPalette::ButtonText, button->palette.color(QPalette::HighlightedText));
            }
            QProxyStyle::drawControl(element, &label, painter, widget);
            return;
        }
        break;
    case CE_HeaderSection:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            paintHeaderSection(*header, painter);
            return;
        }
        break;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, theme::tokens(option->palette).window);
        painter->setPen(theme::tokens(option->palette).line);
        painter->drawLine(option->rect.bottomLeft(), option->rect.bottomRight());
        return;
    case CE_TabBarTabShape:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            paintTab(*tab, painter);
            return;
        }
        break;
    case CE_ProgressBar:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option)) {
            paintProgress(*bar, painter);
            return;
        }
        break;
    case CE_Splitter:
        painter->fillRect(option->rect, theme::tokens(option->palette).line);
        return;
    case CE_MenuBarItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            paintMenuBarItem(*item, painter);
            return;
        }
        break;
    case CE_ToolBar:
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, option->palette.color(QPalette::Window));
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void HouseStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
    QPainter *painter, const QWidget *widget) const
{
    if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
        control == CC_ComboBox && combo && combo->editable) {
        paintField(*combo, painter);
        QStyleOption arrow(*combo);
        arrow.rect = subControlRect(CC_ComboBox, combo, SC_ComboBoxArrow, widget);
        paintArrow(arrow, painter);
        return;
    }
    if (const auto *tool = qstyleoption_cast<const QStyleOptionToolButton *>(option);
        control == CC_ToolButton && tool && tool->toolButtonStyle == Qt::ToolButtonIconOnly) {
        QStyleOptionToolButton plain(*tool); // the icon says that there is a menu
        if (!plain.subControls.testFlag(SC_ToolButtonMenu))
            plain.features &= ~QStyleOptionToolButton::HasMenu;
        QProxyStyle::drawComplexControl(control, &plain, painter, widget);
        return;
    }
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control != CC_ScrollBar || !bar) {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        return;
    }
    const theme::Tokens &t = theme::tokens(bar->palette);
    // A bar belongs to what it scrolls: the window's colour in a sidebar, the page's elsewhere.
    const QWidget *container = widget ? widget->parentWidget() : nullptr;
    const auto *area = qobject_cast<const QAbstractScrollArea *>(container ? container->parentWidget() : nullptr);
    painter->fillRect(bar->rect,
        area ? area->palette().color(area->viewport()->backgroundRole()) : t.base);
    if (bar->minimum >= bar->maximum)
        return;
    const bool busy = bar->activeSubControls.testFlag(SC_ScrollBarSlider)
        && bar->state.testAnyFlags(State_MouseOver | State_Sunken);
    const QRectF slider = QRectF(subControlRect(control, bar, SC_ScrollBarSlider, widget)).adjusted(3, 3, -3, -3);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(busy ? t.secondary : t.border);
    const qreal round = std::min(slider.width(), slider.height()) / 2;
    painter->drawRoundedRect(slider, round, round);
    painter->restore();
}

QRect HouseStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
    if (!header || header->orientation != Qt::Horizontal)
        return QProxyStyle::subElementRect(element, option, widget);
    if (element == SE_HeaderArrow) {
        const QRect arrow(header->rect.right() - cellPadding - arrowSize, header->rect.center().y() - arrowSize / 2,
            arrowSize, arrowSize);
        return visualRect(header->direction, header->rect, arrow);
    }
    if (element == SE_HeaderLabel) {
        const bool sorted = header->sortIndicator != QStyleOptionHeader::None;
        const QRect label = header->rect.adjusted(
            cellPadding, 0, -cellPadding - (sorted ? arrowSize + 4 : 0), 0);
        return visualRect(header->direction, header->rect, label);
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QRect HouseStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
    const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control != CC_ScrollBar || !bar)
        return QProxyStyle::subControlRect(control, option, part, widget);

    // No arrow buttons: the groove is the whole bar.
    const bool horizontal = bar->orientation == Qt::Horizontal;
    const int length = horizontal ? bar->rect.width() : bar->rect.height();
    const qint64 range = static_cast<qint64>(bar->maximum) - bar->minimum;
    int slider = length;
    if (range > 0) {
        slider = static_cast<int>(static_cast<qint64>(bar->pageStep) * length / (range + bar->pageStep));
        slider = std::min(std::max(slider, shortestSlider), length);
    }
    const int start = sliderPositionFromValue(
        bar->minimum, bar->maximum, bar->sliderPosition, length - slider, bar->upsideDown);
    const auto along = [bar, horizontal](int from, int size) {
        const QRect rect = horizontal ? QRect(bar->rect.left() + from, bar->rect.top(), size, bar->rect.height())
                                      : QRect(bar->rect.left(), bar->rect.top() + from, bar->rect.width(), size);
        return visualRect(bar->direction, bar->rect, rect);
    };
    switch (part) {
    case SC_ScrollBarGroove:
        return bar->rect;
    case SC_ScrollBarSlider:
        return along(start, slider);
    case SC_ScrollBarSubPage:
        return along(0, start);
    case SC_ScrollBarAddPage:
        return along(start + slider, length - start - slider);
    default:
        return {};
    }
}

QSize HouseStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
    const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_PushButton || type == CT_LineEdit || type == CT_ComboBox)
        result.setHeight(std::max(result.height(), 28));
    if (type == CT_PushButton)
        result.rwidth() += 8;
    if (type == CT_TabBarTab)
        result = QSize(result.width() + 8, std::max(result.height(), 38));
    if (type == CT_MenuBarItem)
        result = QSize(result.width() + 4, std::max(result.height(), 28));
    if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
        type == CT_HeaderSection && header && header->orientation == Qt::Horizontal)
        result.setHeight(std::max(result.height(), 32));
    return result;
}

int HouseStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_SplitterWidth:
    case PM_DockWidgetSeparatorExtent:
        return 1;
    case PM_ScrollBarExtent:
        return scrollBarExtent;
    case PM_ScrollBarSliderMin:
        return shortestSlider;
    case PM_HeaderMargin:
        return cellPadding;
    case PM_FocusFrameHMargin: // beside the text of an item, plus one
        return qobject_cast<const QAbstractItemView *>(widget) ? cellPadding - 1
                                                               : QProxyStyle::pixelMetric(metric, option, widget);
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabOverlap:
    case PM_TabBarBaseOverlap:
        return 0;
    case PM_SmallIconSize:
    case PM_ListViewIconSize:
    case PM_ButtonIconSize:
    case PM_ToolBarIconSize:
        return 16;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int HouseStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
    QStyleHintReturn *returned) const
{
    switch (hint) {
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_ScrollBar_Transient:
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_Widget_Animation_Duration:
    case SH_Widget_Animate:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returned);
    }
}
