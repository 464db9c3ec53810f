"""The pages of the rules: everyone with a role reads them, 管理员 sets them."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from indicators.checks import RULES, Rule, rule_named
from indicators.models import RuleSetting, UncheckedProject
from indicators.reviewing.access import reads_rules
from indicators.reviewing.rules.actions import set_rule, take_back
from indicators.reviewing.rules.forms import RuleForm, TakeBackForm, standing
from indicators.reviewing.rules.places import PlaceForm
from indicators.reviewing.rules.showing import events, families, rule_shown
from indicators.reviewing.rules.trying import SEED, tried
from perfgoals.requests import SiteRequest, wants_part
from projects.permissions import manages_people, require

CLOSED: Final = "审核规则供有角色的人员查看，请联系管理员。"
GONE: Final = "没有取消：这项设置已经不在了，可能别人已经取消。下面是现在的设置。"
NOT_YOURS: Final = "审核规则由管理员设置，您可以查看。"


@require_safe
def rule_list(request: SiteRequest) -> HttpResponse:
    """All rules by family, as they are in force for a region and year, who set them, and how far checking again is."""
    require(reads_rules(request.user), CLOSED)
    left = UncheckedProject.objects.count()
    if wants_part(request):
        return render(request, "indicators/reviewing/_rule_pending.html", {"left": left})
    form = PlaceForm(request.GET)
    place = form.place()
    context = {
        "form": form, "place": place, "families": families(place, request.user), "events": events(), "left": left,
        "count": len(RULES),
    }  # fmt: skip
    return render(request, "indicators/reviewing/rule_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rule_detail(request: SiteRequest, rule: str) -> HttpResponse:
    """A rule with its examples; for administrators, the form that sets it: tried first, then saved as it was tried."""
    require(reads_rules(request.user), CLOSED)
    found = _rule(rule)
    if request.method != "POST":
        number = request.GET.get("setting", "")
        setting = _setting(found, number) if number else None
        return _page(request, found, RuleForm(found, setting=setting), {"setting": setting})
    require(manages_people(request.user), NOT_YOURS)
    if number := request.POST.get("take_back", ""):
        return _take_back(request, found, number)
    form = RuleForm(found, request.POST)
    if not form.is_valid():
        return _page(request, found, form, {})
    if request.POST.get("tried") != form.digest:
        return _page(request, found, form, {"trial": tried(found, instead=form.setting()), "tried": form.digest})
    values = form.cleaned_data
    left = set_rule(
        rule=found, region=values["region"], year=values["year"], is_on=values["is_on"] == "1",
        severity=values["severity"], thresholds=form.thresholds, reason=values["reason"], by=request.user,
    )  # fmt: skip
    messages.success(request, f"已保存“{found.title}”的设置。{_what_follows(left)}")
    return redirect("rule-detail", rule=found.id)


def _take_back(request: SiteRequest, rule: Rule, number: str) -> HttpResponse:
    try:
        setting = _setting(rule, number)
    except Http404:
        messages.error(request, GONE)
        return redirect("rule-detail", rule=rule.id)
    token = standing(rule, setting.pk)
    typed = request.POST.get("tried")
    form = TakeBackForm(request.POST if typed else None)
    if typed != token or not form.is_valid():
        shown = rule_shown(rule, [setting]).settings[0]
        context = {
            "trial": tried(rule, without=setting),
            "taking_back": shown,
            "tried": token,
            "reason": form["reason"],
        }
        return _page(request, rule, RuleForm(rule), context)
    left = take_back(setting=setting, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, f"已取消“{rule.title}”的这项设置。{_what_follows(left)}")
    return redirect("rule-detail", rule=rule.id)


def _page(request: SiteRequest, rule: Rule, form: RuleForm, more: dict[str, Any]) -> HttpResponse:
    settings = list(RuleSetting.objects.filter(rule=rule.id).select_related("region").order_by("region", "year"))
    context = {
        "one": rule_shown(rule, settings), "form": form, "events": events(rule.id), "seed": SEED,
        "left": UncheckedProject.objects.count(), "may_set": manages_people(request.user), **more,
    }  # fmt: skip
    return render(request, "indicators/reviewing/rule_detail.html", context)


def _what_follows(left: int) -> str:
    if left:
        return f"涉及的 {left:,} 个项目正在后台重新审核，进度见审核规则页。"
    return "涉及的项目已重新审核。"


def _rule(name: str) -> Rule:
    rule = rule_named(name)
    if rule is None:
        raise Http404("没有这条审核规则。")
    return rule


def _setting(rule: Rule, number: str) -> RuleSetting:
    if not number.isdecimal() or len(number) > 18:
        raise Http404
    return get_object_or_404(RuleSetting.objects.select_related("region"), pk=int(number), rule=rule.id)
